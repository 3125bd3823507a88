import type { EventData, RecordedEvent } from '@recoup/contracts';

/** Why an act was done, or what came of it, in words; null for an event that is no act on a claim or a setting. */
export function auditDetails(event: RecordedEvent): string | null {
  return routed(event) ?? filed(event) ?? ended(event) ?? chosen(event);
}

/** Who acts next, and on whose word. */
function routed(event: RecordedEvent): string | null {
  switch (event.type) {
    case 'claim.auto_submission_approved':
      return `By itself: ${percent(event.data.successProbability)} likely to be approved`;
    case 'claim.review_prompted':
      return `Asked the seller: ${event.data.prompt.question}`;
    case 'claim.manual_review_queued':
      return `Left to a person: ${event.data.reasons.join(' ')}`;
    case 'claim.answered':
      return 'The seller answered';
    case 'claim.submission_authorized':
      return `To be filed for ${units(event.data.quantity)}`;
    case 'claim.resubmission_authorized':
      return `To be filed anew for ${units(event.data.quantity)}, with ${event.data.documents.length} documents`;
    case 'claim.filing_approved':
      return `Approved above the limit: ${event.data.amount.amount} ${event.data.amount.currency}`;
    case 'claim.dismissed':
      return event.data.reason;
    default:
      return null;
  }
}

/** What was asked for, what left, and what came back. */
function filed(event: RecordedEvent): string | null {
  switch (event.type) {
    case 'claim.submission_requested':
      return `By ${event.data.channel}, ${units(event.data.quantity)}, key ${event.data.idempotencyKey}`;
    case 'claim.queued_for_filing':
      return 'Waits for a person to file it';
    case 'claim.filing_called':
      return callText(event.data);
    case 'claim.submission_unconfirmed':
      return `Nobody knows yet whether it arrived: ${event.data.reason}`;
    case 'claim.submitted':
      return `By ${event.data.channel}, case ${event.data.amazonCaseId}`;
    default:
      return null;
  }
}

function callText({ channel, kind, outcome, said }: EventData<'claim.filing_called'>): string {
  const call = kind === 'submit' ? 'Filed' : 'Looked up';
  return `${call} at ${channel}: ${outcome}${said === null ? '' : ` (${said})`}`;
}

/** Claims that were closed without anybody's word. */
function ended(event: RecordedEvent): string | null {
  switch (event.type) {
    case 'claim.withdrawn':
      return event.data.reason;
    case 'claim.expired':
      return `The last day was ${event.data.deadline}`;
    case 'claim.unanswered':
      return `No answer to case ${event.data.amazonCaseId} in ${event.data.waitedDays} days`;
    case 'claim.match_conflicted':
      return event.data.reasons.join(' ');
    default:
      return null;
  }
}

/** What counts for all claims of a seller. */
function chosen(event: RecordedEvent): string | null {
  switch (event.type) {
    case 'claim.settings_changed':
      return `Changed: ${event.data.changed?.join(', ') ?? 'learnFromOutcomes'}`;
    case 'claim.kill_switch_thrown':
      return 'No call that files leaves any more';
    case 'claim.kill_switch_released':
      return 'Calls that file may leave again';
    case 'claim.filing_paused':
      return `The ${event.data.perDay} cases of ${event.data.pausedOn} are used up`;
    default:
      return null;
  }
}

function percent(probability: number): string {
  return `${Math.round(probability * 100)} %`;
}

function units(quantity: number): string {
  return quantity === 1 ? '1 unit' : `${quantity} units`;
}
