import type { ActivityKind, EventData, RecordedEvent } from '@recoup/contracts';
import { subtypeLabel } from './labels.js';
import { moneyText } from './money-text.js';
import { noticeTitles, paymentText } from './timeline-outcome.js';
import { told } from './told.js';
import { closedText } from './window-text.js';

/** What the activity list says of one event, with the ids that it speaks of. */
export interface ActivityText {
  readonly type: ActivityKind;
  readonly message: string;
  readonly [id: string]: string;
}

/** Claims this likely to be approved are announced as such. */
const HIGH_CONFIDENCE = 0.85;

/** The entry of an event of a claim; null for steps that the list does not tell of. */
export function claimEntry(event: RecordedEvent): ActivityText | null {
  return wayEntry(event) ?? outcomeEntry(event) ?? noticeEntry(event);
}

function wayEntry(event: RecordedEvent): ActivityText | null {
  switch (event.type) {
    case 'claim.detected':
      return entry('claim_detected', detectedMessage(event.data), event.data);
    case 'claim.submitted':
      return entry('claim_submitted', `Claim filed: case ${event.data.amazonCaseId}`, event.data);
    case 'claim.review_prompted':
      return entry('claim_needs_review', told(event), event.data);
    case 'claim.manual_review_queued':
      return entry('claim_needs_review', told(event), event.data);
    case 'claim.withdrawn':
      return entry('claim_withdrawn', `Claim withdrawn: ${told(event)}`, event.data);
    case 'claim.expired': {
      const message = `Claim expired: its ${closedText(event.data)}`;
      return entry('claim_expired', message, event.data);
    }
    case 'claim.dismissed':
      return entry('claim_dismissed', `Claim dismissed: ${told(event)}`, event.data);
    default:
      return null;
  }
}

function outcomeEntry(event: RecordedEvent): ActivityText | null {
  switch (event.type) {
    case 'claim.approved':
      return entry('claim_approved', `Claim approved${sumText(event.data)}`, event.data);
    case 'claim.partially_approved':
      return entry('claim_approved', `Claim approved in part${sumText(event.data)}`, event.data);
    case 'claim.denied': {
      const { reason } = event.data;
      return entry(
        'claim_denied',
        `Claim denied${reason === null ? '' : `: ${reason}`}`,
        event.data,
      );
    }
    case 'claim.paid':
      return entry('claim_paid', `Claim paid: ${paymentText(event.data)}`, event.data);
    case 'claim.paid_unasked': {
      const message = `Amazon paid unasked: ${paymentText(event.data)}`;
      return entry('claim_paid_unasked', message, event.data);
    }
    case 'claim.reversed': {
      const { amount, reversedOn } = event.data;
      const message = `Amazon took ${moneyText(amount)} back on ${reversedOn}`;
      return entry('claim_reversed', message, event.data);
    }
    default:
      return null;
  }
}

const NOTICES = {
  'claim.unanswered': 'claim_overdue',
  'claim.match_conflicted': 'claim_needs_review',
  'claim.deadline_neared': 'claim_deadline',
} as const;

function noticeEntry(event: RecordedEvent): ActivityText | null {
  switch (event.type) {
    case 'claim.unanswered':
    case 'claim.match_conflicted':
    case 'claim.deadline_neared': {
      const message = `${noticeTitles[event.type]}: ${told(event)}`;
      return entry(NOTICES[event.type], message, event.data);
    }
    default:
      return null;
  }
}

interface Ids {
  readonly claimId: string;
  readonly amazonCaseId?: string | null;
  readonly reference?: string;
}

function entry(
  type: ActivityKind,
  message: string,
  { claimId, amazonCaseId, reference }: Ids,
): ActivityText {
  return {
    type,
    message,
    claimId,
    ...(amazonCaseId && { amazonCaseId }),
    ...(reference !== undefined && { reference }),
  };
}

function sumText({ amount }: EventData<'claim.approved'>): string {
  return amount === null ? '' : `: ${moneyText(amount)}`;
}

/** Where no order is concerned, quantity and SKU say which units they are. */
function detectedMessage({
  subtype,
  quantity,
  subject,
  score,
}: EventData<'claim.detected'>): string {
  const prefix = score.confidence >= HIGH_CONFIDENCE ? 'High-confidence claim' : 'Claim';
  const about =
    subject.orderId === null ? `${quantity} × ${subject.sku}` : `Order #${subject.orderId}`;
  return `${prefix} detected: ${subtypeLabel(subtype)}, ${about}`;
}
