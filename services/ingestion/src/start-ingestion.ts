import { CONNECT_SUBJECT, connectRequestSchema } from '@recoup/contracts';
import { messageOf } from '@recoup/kernel';
import { consume, type Service } from '@recoup/service-kit';
import type { IngestionSettings } from './config.js';
import { forgetSeller } from './connect/forget-seller.js';
import { enqueueSync } from './jobs/enqueue.js';
import { openIngestion } from './open-ingestion.js';

/** Lets the service hear: of sellers who connect, of syncs that are asked for, and of its own jobs. */
export function startIngestion(service: Service, settings: IngestionSettings): void {
  const ingestion = openIngestion(service, settings);

  service.bus.respond(CONNECT_SUBJECT, async (body) => {
    try {
      return await ingestion.connect(connectRequestSchema.parse(body));
    } catch (error) {
      // Only the message: the request holds a secret. Without an answer the gateway says that it failed.
      service.log.error({ reason: messageOf(error) }, 'a connect request could not be handled');
      throw error;
    }
  });

  consume(service, {
    types: ['sync.requested', 'sync.amazon_disconnected'],
    async handle(event, tx) {
      if (event.type === 'sync.requested') await enqueueSync(tx, event);
      if (event.type === 'sync.amazon_disconnected') await forgetSeller(tx, event);
    },
  });

  service.run('sync workers', ingestion.runWorkers(service.signal));
  service.run('sync schedule', ingestion.runSchedule(service.signal));
}
