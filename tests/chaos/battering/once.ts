import type { RecordedEvent } from '@recoup/contracts';

/**
 * What an event says that may be said once only, as a key; null for events that may come again. A blow that doubles an
 * effect shows as two events of one key.
 */
export function onceKey(event: RecordedEvent): string | null {
  const what = subjectOf(event);
  return what === null ? null : `${event.tenantId} ${what}`;
}

/**
 * What may be said again after this event, as the key that it had; null for most. A claim that was withdrawn or has expired
 * is detected anew when facts speak of it again.
 */
export function freedKey({ type, streamId, tenantId }: RecordedEvent): string | null {
  const ended = type === 'claim.withdrawn' || type === 'claim.expired';
  return ended ? `${tenantId} ${streamId} claim.detected` : null;
}

function subjectOf(event: RecordedEvent): string | null {
  const { type, streamId } = event;
  switch (type) {
    case 'sync.requested':
    case 'sync.planned':
    case 'claim.detected':
    case 'claim.detection_started':
    case 'claim.detection_completed':
      return `${streamId} ${type}`;
    case 'sync.completed':
    case 'sync.failed':
    case 'sync.cancelled':
      return `${streamId} ended`;
    case 'sync.resource_completed':
      return `${streamId} ${type} ${event.data.resource}`;
    case 'claim.submission_requested':
      return `asked to file ${event.data.idempotencyKey}`;
    case 'claim.submitted':
      return `case ${event.data.amazonCaseId}`;
    case 'claim.paid':
    case 'claim.paid_unasked':
      return paidRow(streamId, event.data);
    case 'claim.reversed':
      return `${streamId} reversed ${event.data.row?.fact ?? event.data.reference}`;
    default:
      return null;
  }
}

/** Units of a payment's row go to one claim: no two events begin at the same unit of it. */
function paidRow(
  streamId: string,
  { reference, row }: (RecordedEvent & { type: 'claim.paid' | 'claim.paid_unasked' })['data'],
): string {
  return row ? `paid ${row.fact} from ${row.from}` : `${streamId} paid ${reference}`;
}
