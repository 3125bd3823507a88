import type { EventType, RecordedEvent } from '@recoup/contracts';
import type { Handle } from '@recoup/service-kit';
import { recordAssertion } from './adapters/assertions.js';
import { noteDecided } from './adapters/decided-claims.js';
import { forgetTenant, latestFacts, recordJob, waitsUnbegun } from './adapters/jobs.js';
import { recordCosts } from './adapters/unit-costs.js';
import { jobOfRequest, jobOfSync, jobOfWord, NO_FACTS } from './job-of-event.js';

/** The events that give the detection service something to do. */
export const heardTypes = [
  'sync.completed',
  'sync.amazon_disconnected',
  'claim.detection_requested',
  'claim.costs_given',
  'claim.loss_asserted',
  'claim.settings_changed',
  'claim.approved',
  'claim.partially_approved',
  'claim.denied',
  'claim.paid',
] as const satisfies readonly EventType[];

/** Notes what an event asks for, in the transaction of the consumer's checkpoint. */
export const hearEvent: Handle = async (event, tx) => {
  const { tenantId } = event;
  switch (event.type) {
    case 'sync.completed':
      return recordJob(tx, jobOfSync(event));
    case 'sync.amazon_disconnected':
      return event.data.purge ? forgetTenant(tx, tenantId) : undefined;
    case 'claim.detection_requested':
      return recordJob(tx, jobOfRequest(event, (await latestFacts(tx, tenantId)) ?? NO_FACTS));
    case 'claim.costs_given':
      await recordCosts(tx, tenantId, event.data.costs);
      return lookAgain(tx, event);
    case 'claim.loss_asserted':
      await recordAssertion(tx, tenantId, event.data);
      return lookAgain(tx, event);
    case 'claim.settings_changed':
      // What else a seller chooses changes no claim.
      return event.data.changed?.includes('learnFromOutcomes') === false
        ? undefined
        : lookAgain(tx, event);
    case 'claim.approved':
    case 'claim.partially_approved':
    case 'claim.denied':
    case 'claim.paid':
      return noteDecided(tx, tenantId, event.data.claimId);
    default:
      return undefined;
  }
};

/**
 * What the seller said is looked at by the detection that waits already, and by a new one where none does: many words in a
 * row are one detection. Before the first sync there is nothing to look at.
 */
async function lookAgain(tx: Parameters<Handle>[1], event: RecordedEvent): Promise<void> {
  if (await waitsUnbegun(tx, event.tenantId)) return;
  const facts = await latestFacts(tx, event.tenantId);
  if (facts) await recordJob(tx, jobOfWord(event, facts));
}
