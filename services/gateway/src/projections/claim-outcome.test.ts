import { streams, type EventData, type EventType, type RecordedEvent } from '@recoup/contracts';
import { claimState } from '@recoup/domain';
import { describe, expect, it } from 'vitest';
import { claimData, recorder } from '../testing/event-data.js';
import { foldAll } from '../testing/fold.js';
import { claimProjection, type ClaimRow } from './claim.js';

const claimId = 'claim_1';

type Step = { [T in EventType]: readonly [T, EventData<T>] }[EventType];

function historyOf(steps: readonly Step[]): RecordedEvent[] {
  const event = recorder();
  return steps.map(([type, data]) => event(streams.claim(claimId), type, data));
}

function rowAfter(...steps: Step[]): ClaimRow {
  const [row] = foldAll(claimProjection, historyOf([['claim.detected', claimData()], ...steps]));
  return row!;
}

const submitted: Step = [
  'claim.submitted',
  { claimId, channel: 'sandbox', amazonCaseId: 'CASE-7', submittedAt: '2026-11-20T10:00:00Z' },
];
const amount = (text: string) => ({ amount: text, currency: 'USD' });
const approved: Step = [
  'claim.approved',
  {
    claimId,
    amazonCaseId: 'CASE-7',
    source: 'desk',
    reason: null,
    amount: null,
    expectedOn: '2026-12-01',
  },
];
const paid = (text: string, reference: string): Step => [
  'claim.paid',
  { claimId, reference, paidOn: '2026-12-02', amount: amount(text), unitsInKind: 0 },
];
const reversed = (text: string): Step => [
  'claim.reversed',
  { claimId, reference: 'R-9', reversedOn: '2026-12-20', amount: amount(text), reason: 'Found.' },
];

describe('what came of a claim', () => {
  it('given any history, then the row stands where the decisions about it stand', () => {
    const history = historyOf([
      ['claim.detected', claimData()],
      submitted,
      approved,
      paid('10.00', 'R-1'),
    ]);
    const [row] = foldAll(claimProjection, history);
    expect(row?.claim).toEqual(claimState(history));
  });

  it('given an approval, two payments and a part taken back, then each is in its history', () => {
    const row = rowAfter(
      submitted,
      approved,
      paid('10.00', 'R-1'),
      paid('12.50', 'R-2'),
      reversed('5.00'),
    );
    expect(row.claim.status).toBe('paid');
    expect(row.timeline.slice(-4).map(({ title, description }) => [title, description])).toEqual([
      ['Approved', 'The amount was not told, case CASE-7. Payment is expected on 2026-12-01.'],
      ['Paid', '10.00 USD on 2026-12-02, reference R-1.'],
      ['Paid', '12.50 USD on 2026-12-02, reference R-2.'],
      ['Taken back by Amazon', '5.00 USD on 2026-12-20, reference R-9. Found.'],
    ]);
  });

  it.each<readonly [string, Step[], string | null]>([
    ['nothing was said', [submitted], null],
    ['approved', [submitted, approved], '2026-11-20T10:00:03.000Z'],
    ['approved and paid', [submitted, approved, paid('22.50', 'R-1')], '2026-11-20T10:00:03.000Z'],
    ['paid without a word', [submitted, paid('22.50', 'R-1')], '2026-11-20T10:00:03.000Z'],
    [
      'all of it taken back',
      [approved, paid('22.50', 'R-1'), reversed('22.50')],
      '2026-11-20T10:00:04.000Z',
    ],
    [
      'a part of it taken back',
      [approved, paid('22.50', 'R-1'), reversed('2.50')],
      '2026-11-20T10:00:02.000Z',
    ],
  ])('given a claim of which %s, then that is when it was decided', (_, steps, decidedAt) => {
    expect(rowAfter(...steps).decidedAt).toBe(decidedAt);
  });

  it.each<readonly [string, Step[], string | null]>([
    ['filed', [submitted], '22.50'],
    ['approved without a sum', [approved], '22.50'],
    ['paid in part', [approved, paid('10.00', 'R-1')], '12.50'],
    ['paid in full', [approved, paid('10.00', 'R-1'), paid('12.50', 'R-2')], null],
    ['paid beyond what was agreed', [approved, paid('30.00', 'R-1')], null],
    ['paid without a word', [submitted, paid('10.00', 'R-1')], null],
    ['all taken back', [approved, paid('22.50', 'R-1'), reversed('22.50')], null],
    [
      'settled in kind',
      [
        approved,
        [
          'claim.paid',
          { claimId, reference: 'R-1', paidOn: '2026-12-02', amount: null, unitsInKind: 3 },
        ],
      ],
      null,
    ],
    [
      'approved in part without a sum',
      [
        [
          'claim.partially_approved',
          {
            claimId,
            amazonCaseId: null,
            source: 'person',
            reason: null,
            amount: null,
            expectedOn: null,
          },
        ],
      ],
      null,
    ],
    [
      'approved in part',
      [
        [
          'claim.partially_approved',
          {
            claimId,
            amazonCaseId: null,
            source: 'person',
            reason: null,
            amount: amount('7.50'),
            expectedOn: null,
          },
        ],
      ],
      '7.50',
    ],
    [
      'denied',
      [['claim.denied', { claimId, amazonCaseId: null, source: 'person', reason: null }]],
      null,
    ],
    ['dismissed', [['claim.dismissed', { claimId, reason: 'mine' }]], null],
    [
      'withdrawn',
      [['claim.withdrawn', { claimId, detectionId: 'detection_2', reason: 'found' }]],
      null,
    ],
  ])('given a claim that is %s, then so much is still to come', (_, steps, toCome) => {
    expect(rowAfter(...steps).toCome?.amount ?? null).toBe(toCome);
  });
});
