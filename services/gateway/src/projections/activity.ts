import type { ActivityKind, RecordedEvent } from '@recoup/contracts';
import type { Projection } from '@recoup/projections';
import { claimEntry, type ActivityText } from './activity-claims.js';
import { filingEntry } from './activity-filing.js';
import { risksEntry, risksKey } from './activity-risks.js';

/** An entry of the activity list. Without a type it is kept back until all that it says is known. */
export interface ActivityRow {
  readonly type: ActivityKind | null;
  readonly timestamp: string;
  readonly message: string;
  readonly [id: string]: unknown;
}

const number = new Intl.NumberFormat('en-US');

/** What happened, newest first to its readers. */
export const activityProjection: Projection<ActivityRow> = {
  name: 'activity',
  version: 1,
  keyOf(event) {
    switch (event.type) {
      // These two make one entry: the sync is told of when its claims are known.
      case 'sync.completed':
      case 'claim.detection_completed':
      case 'claim.detection_failed':
        return event.data.syncId && `completed:${event.data.syncId}`;
      case 'claim.risk_noted':
        return risksKey(event.data);
      default:
        return entryOf(event) && event.id;
    }
  },
  evolve(before, event) {
    switch (event.type) {
      case 'sync.completed': {
        const { syncId, counts } = event.data;
        const orders = counts.orders?.processed ?? 0;
        return {
          type: null,
          timestamp: event.occurredAt,
          message: '',
          syncId,
          ordersProcessed: orders,
        };
      }
      case 'claim.detection_completed':
        return syncCompleted(
          before,
          event,
          `${number.format(event.data.claims.new)} claims detected`,
        );
      case 'claim.detection_failed':
        return syncCompleted(before, event, 'claims not yet checked');
      case 'claim.risk_noted':
        return risksEntry(before, event);
      default:
        return entryOf(event) ?? before;
    }
  },
};

function syncCompleted(
  before: ActivityRow | null,
  event: RecordedEvent,
  claims: string,
): ActivityRow | null {
  if (!before) return null;
  const orders = number.format(Number(before['ordersProcessed'] ?? 0));
  return {
    ...before,
    type: 'sync_completed',
    timestamp: event.occurredAt,
    message: `Sync completed: ${orders} orders processed, ${claims}`,
  };
}

function entryOf(event: RecordedEvent): ActivityRow | null {
  const text = syncEntry(event) ?? claimEntry(event) ?? filingEntry(event);
  return text && { timestamp: event.occurredAt, ...text };
}

function syncEntry(event: RecordedEvent): ActivityText | null {
  switch (event.type) {
    case 'sync.requested':
      return {
        type: 'sync_started',
        message: event.data.trigger === 'scheduled' ? 'Scheduled sync started' : 'Sync started',
        syncId: event.data.syncId,
      };
    case 'sync.failed':
      return {
        type: 'sync_failed',
        message: `Sync failed: ${event.data.message}`,
        syncId: event.data.syncId,
      };
    case 'sync.cancelled':
      return { type: 'sync_cancelled', message: 'Sync cancelled', syncId: event.data.syncId };
    case 'sync.amazon_connected':
      return {
        type: 'amazon_connected',
        message: 'Amazon connected',
        sellingPartnerId: event.data.sellingPartnerId,
      };
    case 'sync.amazon_reauthorization_required':
      return {
        type: 'amazon_reauthorization_required',
        message: `Amazon has to be connected again: ${event.data.reason}`,
        sellingPartnerId: event.data.sellingPartnerId,
      };
    case 'sync.amazon_disconnected':
      return {
        type: 'amazon_disconnected',
        message: 'Amazon disconnected',
        sellingPartnerId: event.data.sellingPartnerId,
      };
    default:
      return null;
  }
}
