import { readdirSync, readFileSync } from 'node:fs';
import { checkEventData, eventTypes, type EventType, type RecordedEvent } from '@recoup/contracts';
import { describe, expect, it } from 'vitest';
import { recorder } from '../testing/event-data.js';
import { transitionOf } from './transition.js';

/** What the feed says of each event there is; null where it says nothing. A new event has to be decided on here. */
const WORDS: Readonly<Record<EventType, string | null>> = {
  'sync.amazon_connected': null,
  'sync.amazon_reauthorization_required': null,
  'sync.amazon_disconnected': null,
  'sync.requested': 'sync in_progress',
  'sync.adopted': null,
  'sync.planned': null,
  'sync.progressed': null,
  'sync.resource_completed': null,
  'sync.completed': 'sync complete',
  'sync.failed': 'sync failed',
  'sync.cancelled': 'sync cancelled',
  'claim.detection_requested': null,
  'claim.costs_given': null,
  'claim.settings_changed': 'claim waiting',
  'claim.kill_switch_thrown': 'claim waiting',
  'claim.kill_switch_released': 'claim waiting',
  'claim.filing_paused': 'claim waiting',
  'claim.document_uploaded': null,
  'claim.document_read': null,
  'claim.document_confirmed': null,
  'claim.document_refused': null,
  'claim.document_removed': null,
  'claim.loss_asserted': null,
  'claim.detection_started': 'detection in_progress',
  'claim.detection_completed': 'detection complete',
  'claim.detection_failed': 'detection failed',
  'claim.risk_noted': null,
  'claim.risk_changed': null,
  'claim.risk_cleared': null,
  'claim.detected': 'claim detected',
  'claim.rescored': null,
  'claim.quantity_changed': null,
  'claim.withdrawn': 'claim withdrawn',
  'claim.expired': 'claim denied',
  'claim.validated': 'evidence completed',
  'claim.auto_submission_approved': null,
  'claim.review_prompted': 'claim waiting',
  'claim.answered': 'claim waiting',
  'claim.resubmission_authorized': 'claim waiting',
  'claim.manual_review_queued': 'claim waiting',
  'claim.submission_authorized': 'claim waiting',
  'claim.dismissed': 'claim waiting',
  'claim.submission_requested': 'claim waiting',
  'claim.queued_for_filing': 'claim waiting',
  'claim.filing_approved': 'claim waiting',
  'claim.filing_called': null,
  'claim.submission_unconfirmed': 'claim waiting',
  'claim.handed_over': 'claim waiting',
  'claim.submitted': 'claim filed',
  'claim.approved': 'claim approved',
  'claim.partially_approved': 'claim approved',
  'claim.denied': 'claim denied',
  'claim.paid': 'refund deposited',
  'claim.paid_unasked': 'refund deposited',
  'claim.reversed': 'claim denied',
  'claim.unanswered': 'claim waiting',
  'claim.match_conflicted': null,
  'claim.deadline_neared': null,
  'claim.case_opened': null,
  'claim.model_published': null,
  'claim.model_calibrated': null,
};

const FIXTURES = new URL('../../../../libs/contracts/src/fixtures/', import.meta.url);
const EXAMPLES = readdirSync(FIXTURES);

/** An event of a type as it was once written. */
function example(type: EventType, change: object = {}): RecordedEvent {
  const file =
    EXAMPLES.filter((name) => name.startsWith(`${type}.v`))
      .sort()
      .at(-1) ?? '';
  const data: unknown = JSON.parse(readFileSync(new URL(file, FIXTURES), 'utf8'));
  return recorder()('stream', type, checkEventData(type, Object.assign({}, data, change)));
}

function told(event: RecordedEvent): string | null {
  const transition = transitionOf(event);
  return transition && `${transition.type} ${transition.status}`;
}

describe('what the feed tells', () => {
  it.each(eventTypes)('%s, then the word of the contract or nothing', (type) => {
    expect(told(example(type))).toBe(WORDS[type]);
  });

  it.each(eventTypes.filter((type) => WORDS[type] !== null))(
    '%s, then when it happened and the id of what it is about',
    (type) => {
      const event = example(type);
      const transition = transitionOf(event);
      expect(transition?.timestamp).toBe(event.occurredAt);
      const { data } = event;
      const id = 'claimId' in data ? 'claimId' : 'detectionId' in data ? 'detectionId' : 'syncId';
      if (!(id in data)) return expect(transition?.data['claimId']).toBeNull(); // of all claims
      expect(transition?.data[id]).toBe((data as Record<string, unknown>)[id]);
      expect(transition?.data[id]).toMatch(/./);
    },
  );

  it.each([
    ['Available', 'evidence completed'],
    ['Missing', 'evidence linked'],
    ['Rejected', 'evidence failed'],
  ])('given a check of evidence that found it %s, then %s', (requiredDocuments, words) => {
    expect(told(example('claim.validated', { requiredDocuments }))).toBe(words);
  });

  it('given money, then a number in major units beside its currency; given none, then null and never zero', () => {
    const amount = { amount: '1234.50', currency: 'EUR' };
    expect(transitionOf(example('claim.paid', { amount }))?.data).toMatchObject({
      amount: 1234.5,
      currency: 'EUR',
    });
    expect(transitionOf(example('claim.paid', { amount: null }))?.data).toMatchObject({
      amount: null,
      currency: null,
    });
  });
});
