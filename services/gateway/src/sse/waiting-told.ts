import type { EventType, RecordedEvent } from '@recoup/contracts';
import type { WaitingFor } from '@recoup/domain';

/** What a claim waits for from an event on, as far as the event alone tells it. */
export interface WaitTold {
  /** Null: all claims of the seller that are to be filed. */
  readonly claimId: string | null;
  /** Null: for what is on its page. */
  readonly waitingFor: WaitingFor | null;
}

/** How an event changes what claims wait for; null where it does not, or where another word tells of it. */
export function waitTold(event: RecordedEvent): WaitTold | null {
  return ofOne(event) ?? ofAll(event);
}

function ofOne(event: RecordedEvent): WaitTold | null {
  if (!('claimId' in event.data) || event.data.claimId === null) return null;
  const { claimId } = event.data;
  if (event.type === 'claim.review_prompted') {
    const { kind } = event.data.prompt;
    return { claimId, waitingFor: kind === 'document' ? 'document' : 'answer' };
  }
  const waitingFor = OF_ONE[event.type];
  return waitingFor === undefined ? null : { claimId, waitingFor };
}

type Words = Readonly<Partial<Record<EventType, WaitingFor | null>>>;

const OF_ONE: Words = {
  'claim.answered': 'check',
  'claim.filing_approved': 'check',
  'claim.manual_review_queued': null,
  'claim.submission_authorized': 'filing',
  'claim.resubmission_authorized': 'filing',
  'claim.submission_requested': 'filing',
  'claim.queued_for_filing': 'filing_by_hand',
  'claim.submission_unconfirmed': 'look_up',
  'claim.handed_over': 'case_number',
  'claim.unanswered': 'case_review',
  'claim.dismissed': null,
};

const OF_ALL: Words = {
  'claim.kill_switch_thrown': 'kill_switch',
  'claim.kill_switch_released': null,
  'claim.filing_paused': 'day_cap',
  'claim.settings_changed': null,
};

function ofAll({ type }: RecordedEvent): WaitTold | null {
  const waitingFor = OF_ALL[type];
  return waitingFor === undefined ? null : { claimId: null, waitingFor };
}
