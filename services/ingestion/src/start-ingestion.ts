import { CONNECT_SUBJECT, connectRequestSchema, FORGET_SELLER_SUBJECT } from '@recoup/contracts';
import { messageOf } from '@recoup/kernel';
import { addJobGauges, consume, runRetention, type Service } from '@recoup/service-kit';
import type { IngestionSettings } from './config.js';
import { hearDisconnection } from './disconnect/hear-disconnection.js';
import { enqueueSync } from './jobs/enqueue.js';
import { countJobs } from './jobs/job-counts.js';
import { openIngestion } from './open-ingestion.js';
import { retentionRules } from './retention.js';
import { hearSettings } from './schedule/hear-settings.js';
import { z } from 'zod';

const forgetSchema = z.object({ sellerId: z.string() });

/** Lets the service hear: of sellers who connect, of syncs that are asked for, and of its own jobs. */
export function startIngestion(service: Service, settings: IngestionSettings): void {
  const ingestion = openIngestion(service, settings);
  addJobGauges(service.metrics, () => countJobs(service.pool));

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
    types: ['sync.requested', 'sync.amazon_disconnected', 'claim.settings_changed'],
    async handle(event, tx) {
      if (event.type === 'sync.requested') await enqueueSync(tx, event);
      if (event.type === 'claim.settings_changed') await hearSettings(tx, event);
      if (event.type !== 'sync.amazon_disconnected') return;
      await hearDisconnection(tx, event);
      // The other processes of this service have access tokens in memory.
      service.bus.announce(FORGET_SELLER_SUBJECT, { sellerId: event.data.sellingPartnerId });
    },
  });
  service.bus.hear(FORGET_SELLER_SUBJECT, {
    listener: (body) => ingestion.forgetTokens(forgetSchema.parse(body).sellerId),
    onError: (error) => service.log.warn({ err: error }, 'an announcement could not be read'),
  });

  service.run('sync workers', ingestion.runWorkers(service.signal));
  service.run('disconnections', ingestion.runDisconnections(service.signal));
  service.run('buyer data sweeper', ingestion.runSweeper(service.signal));
  service.run('sync schedule', ingestion.runSchedule(service.signal));
  service.run('retention', runRetention(service, { rules: retentionRules(settings), settings }));
}
