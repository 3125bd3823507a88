import type { EventData, RecordedEvent } from '@recoup/contracts';
import { told } from './told.js';

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
      return `Asked the seller: ${told(event)}`;
    case 'claim.manual_review_queued':
      return `Left to a person: ${told(event)}`;
    case 'claim.answered':
      return 'The seller answered';
    case 'claim.submission_authorized':
      return `To be filed for ${units(event.data.quantity)}`;
    case 'claim.resubmission_authorized':
      return `To be filed anew for ${units(event.data.quantity)}, with ${event.data.documents.length} documents`;
    case 'claim.filing_approved':
    case 'claim.dismissed':
      return told(event);
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
    case 'claim.case_opened': {
      const { documentId } = event.data.opened;
      return documentId === null ? 'Opened the case packet' : `Opened document ${documentId}`;
    }
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
    case 'claim.expired':
    case 'claim.unanswered':
    case 'claim.match_conflicted':
      return told(event);
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
    case 'claim.kill_switch_released':
    case 'claim.filing_paused':
      return told(event);
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
