import type { RecordedEvent } from '@recoup/contracts';
import { moneyText } from './money-text.js';
import { closedText } from './window-text.js';

/** Events that say the same wherever they are told of. */
export type Told =
  | 'claim.review_prompted'
  | 'claim.manual_review_queued'
  | 'claim.filing_approved'
  | 'claim.dismissed'
  | 'claim.withdrawn'
  | 'claim.expired'
  | Notice
  | Holding;

/** What a person should look at, of a claim on which nothing was decided. */
export type Notice = 'claim.unanswered' | 'claim.match_conflicted' | 'claim.deadline_neared';

/** What holds all filings of a seller up, or lets them go on. */
export type Holding =
  'claim.kill_switch_thrown' | 'claim.kill_switch_released' | 'claim.filing_paused';

/** The sentence of an event: the same on the case page, in the activity list and in the audit trail. */
export function told(event: RecordedEvent & { readonly type: Told }): string {
  switch (event.type) {
    case 'claim.review_prompted':
      return event.data.prompt.question;
    case 'claim.manual_review_queued':
      return event.data.reasons.join(' ');
    case 'claim.filing_approved':
      return `A person approved filing it at ${moneyText(event.data.amount)}.`;
    case 'claim.dismissed':
    case 'claim.withdrawn':
      return event.data.reason;
    case 'claim.expired':
      return `The ${closedText(event.data)}.`;
    case 'claim.kill_switch_thrown':
    case 'claim.kill_switch_released':
    case 'claim.filing_paused':
      return holdingText(event);
    default:
      return noticeText(event);
  }
}

function noticeText(event: RecordedEvent & { readonly type: Notice }): string {
  switch (event.type) {
    case 'claim.unanswered': {
      const { waitedDays, amazonCaseId } = event.data;
      return `No answer in ${waitedDays} days: look at case ${amazonCaseId} in Seller Central.`;
    }
    case 'claim.match_conflicted':
      return `${event.data.reasons.join('. ')}. It is counted for no claim.`;
    case 'claim.deadline_neared': {
      const { daysLeft, deadline } = event.data;
      const when = daysLeft === 0 ? 'today' : `in ${daysLeft} day(s), on ${deadline}`;
      return `The last day to file it is ${when}.`;
    }
  }
}

function holdingText(event: RecordedEvent & { readonly type: Holding }): string {
  switch (event.type) {
    case 'claim.kill_switch_thrown':
      return 'Filing stopped: no claim leaves any more';
    case 'claim.kill_switch_released':
      return 'Filing goes on: claims may leave again';
    case 'claim.filing_paused': {
      const { perDay, pausedOn } = event.data;
      const cases = perDay === 1 ? 'The one case' : `All ${perDay} cases`;
      return `${cases} of ${pausedOn} have been filed: what waits goes on the next day`;
    }
  }
}
