import type { EventData, RecordedEvent } from '@recoup/contracts';
import { moneyText } from './money-text.js';
import type { TimelineText } from './timeline.js';
import { told, type Notice } from './told.js';

/** What Amazon decided, paid and took back, in the words of the case page; null for other events. */
export function outcomeText(event: RecordedEvent): TimelineText | null {
  switch (event.type) {
    case 'claim.approved':
      return { title: 'Approved', description: approvalText(event.data), type: 'update' };
    case 'claim.partially_approved':
      return { title: 'Approved in part', description: approvalText(event.data), type: 'update' };
    case 'claim.denied':
      return {
        title: 'Denied',
        description: `${event.data.reason ?? 'No reason was given'}${caseText(event.data)}.`,
        type: 'completion',
      };
    case 'claim.paid':
      return { title: 'Paid', description: paymentText(event.data), type: 'completion' };
    case 'claim.paid_unasked': {
      const left = event.data.unitsLeft === 0 ? '' : ` ${event.data.unitsLeft} unit(s) are left.`;
      return {
        title: 'Paid by Amazon unasked',
        description: `${paymentText(event.data)}${left}`,
        type: event.data.unitsLeft === 0 ? 'completion' : 'update',
      };
    }
    case 'claim.unanswered':
    case 'claim.match_conflicted':
    case 'claim.deadline_neared':
      return { title: noticeTitles[event.type], description: told(event), type: 'update' };
    case 'claim.reversed': {
      const { amount, reversedOn, reference, reason } = event.data;
      const why = reason === null ? '' : ` ${reason}`;
      return {
        title: 'Taken back by Amazon',
        description: `${moneyText(amount)} on ${reversedOn}, reference ${reference}.${why}`,
        type: 'completion',
      };
    }
    default:
      return null;
  }
}

/** What a notice is called where it is told of. */
export const noticeTitles: Readonly<Record<Notice, string>> = {
  'claim.unanswered': 'Not answered by Amazon',
  'claim.match_conflicted': 'A payment needs your look',
  'claim.deadline_neared': 'Last day comes near',
};

function approvalText(data: EventData<'claim.approved'>): string {
  const sum = data.amount === null ? 'The amount was not told' : moneyText(data.amount);
  const when = data.expectedOn === null ? '' : ` Payment is expected on ${data.expectedOn}.`;
  return `${sum}${caseText(data)}.${when}`;
}

/** What one payment brought: money, units in their place, or both. */
export function paymentText({
  amount,
  unitsInKind,
  paidOn,
  reference,
}: Omit<EventData<'claim.paid'>, 'claimId'>): string {
  const units = unitsInKind === 0 ? [] : [`${unitsInKind} unit(s) in place of money`];
  const money = amount === null ? [] : [moneyText(amount)];
  const what = [...money, ...units].join(' and ') || 'An amount that was not told';
  return `${what} on ${paidOn}, reference ${reference}.`;
}

function caseText({ amazonCaseId }: { readonly amazonCaseId: string | null }): string {
  return amazonCaseId === null ? '' : `, case ${amazonCaseId}`;
}
