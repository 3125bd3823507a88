import { SYSTEM_TENANT, type EventType } from '@recoup/contracts';
import type { Handle } from '@recoup/service-kit';
import { askWork, wakeWork } from './adapters/due-work.js';
import { forgetTenant } from './adapters/forget-tenant.js';
import { openFiling } from './adapters/filings.js';
import { endHolds } from './adapters/governor.js';
import { hearOutcome } from './outcomes/hear-outcomes.js';
import { noteDocumentedClaim } from './adapters/documented-claims.js';
import { restsOnDocuments } from './domain/given-documents.js';
import { documentTypes, hearDocument } from './hear-documents.js';

/** The events that give the evidence service something to do. */
export const heardTypes = [
  'claim.detected',
  'claim.rescored',
  'claim.quantity_changed',
  'claim.submission_authorized',
  'claim.answered',
  'claim.resubmission_authorized',
  'claim.filing_approved',
  'claim.submission_requested',
  'claim.settings_changed',
  'claim.kill_switch_released',
  'claim.manual_review_queued',
  'claim.submitted',
  'claim.approved',
  'claim.partially_approved',
  'claim.denied',
  'claim.paid',
  'claim.detection_completed',
  'sync.completed',
  'sync.amazon_disconnected',
  ...documentTypes,
] as const satisfies readonly EventType[];

/**
 * Notes what an event asks for, in the transaction of the consumer's checkpoint, and does none of it: an append made here
 * would need a second connection while this one is held, and many shards at once would run the pool dry.
 */
export const hearClaim: Handle = async (event, tx) => {
  await hearOutcome(event, tx);
  switch (event.type) {
    case 'claim.detected':
      if (restsOnDocuments(event.data.subtype)) {
        await noteDocumentedClaim(tx, { tenantId: event.tenantId, claimId: event.data.claimId });
      }
      return askWork(tx, { kind: 'validation', id: event.data.claimId }, event);
    case 'claim.rescored':
    case 'claim.quantity_changed':
    case 'claim.submission_authorized':
    case 'claim.answered':
    case 'claim.resubmission_authorized':
    case 'claim.filing_approved':
      return askWork(tx, { kind: 'validation', id: event.data.claimId }, event);
    case 'claim.submission_requested':
      return openFiling(tx, event);
    case 'claim.settings_changed':
      await wakeWork(tx, 'settings', event);
      return endHolds(tx, event.tenantId);
    case 'claim.kill_switch_released':
      return endHolds(tx, event.tenantId === SYSTEM_TENANT ? null : event.tenantId);
    case 'sync.amazon_disconnected':
      return event.data.purge ? forgetTenant(tx, event) : undefined;
    default:
      return hearDocument(event, tx);
  }
};
