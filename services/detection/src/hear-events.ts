import type { EventType } from '@recoup/contracts';
import type { Handle } from '@recoup/service-kit';
import { forgetTenant, recordJob } from './adapters/jobs.js';
import { jobOf } from './job-of-sync.js';

/** The events that give the detection service something to do. */
export const heardTypes = [
  'sync.completed',
  'sync.amazon_disconnected',
] as const satisfies readonly EventType[];

/** Notes what an event asks for, in the transaction of the consumer's checkpoint. */
export const hearEvent: Handle = async (event, tx) => {
  if (event.type === 'sync.completed') await recordJob(tx, jobOf(event));
  if (event.type === 'sync.amazon_disconnected' && event.data.purge) {
    await forgetTenant(tx, event.tenantId);
  }
};
