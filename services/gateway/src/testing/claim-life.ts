import { streams, type EventData, type EventType, type RecordedEvent } from '@recoup/contracts';
import fc from 'fast-check';
import { claimData, recorder, UNKNOWN_VALUE, worth } from './event-data.js';

/** What becomes of a claim, told in the smallest units of its currency. */
export interface ClaimLife {
  readonly currency: 'USD' | 'JPY';
  /** Null for unknown. */
  readonly value: number | null;
  /** Percent. */
  readonly confidence: number;
  readonly end: 'open' | 'approved' | 'partially_approved' | 'denied' | 'dismissed' | 'withdrawn';
  /** What Amazon said that it agrees to; null for not told. */
  readonly agreed: number | null;
  /** Of an approved claim; `sum` null for not told. */
  readonly payments: readonly { readonly sum: number | null; readonly day: string }[];
}

const sum = fc.integer({ min: 1, max: 100_000 });
const day = fc.integer({ min: 1, max: 28 }).map((n) => `2026-11-${String(n).padStart(2, '0')}`);

export const claimLife: fc.Arbitrary<ClaimLife> = fc.record({
  currency: fc.constantFrom('USD', 'JPY'),
  value: fc.option(sum),
  confidence: fc.integer({ min: 0, max: 100 }),
  end: fc.constantFrom(
    'open',
    'approved',
    'partially_approved',
    'denied',
    'dismissed',
    'withdrawn',
  ),
  agreed: fc.option(sum),
  payments: fc.array(fc.record({ sum: fc.option(sum, { freq: 8 }), day }), { maxLength: 3 }),
});

export const isApproved = ({ end }: ClaimLife): boolean =>
  end === 'approved' || end === 'partially_approved';

/** The events of that life. */
export function eventsOf(life: ClaimLife, claimId: string): RecordedEvent[] {
  const record = recorder();
  const { currency, value, confidence, end, agreed, payments } = life;
  const money = (units: number) => ({ amount: decimal(units, currency), currency });
  const on = <T extends EventType>(type: T, data: EventData<T>): RecordedEvent =>
    record(streams.claim(claimId), type, data);
  const events = [
    on(
      'claim.detected',
      claimData({
        claimId,
        value: value === null ? UNKNOWN_VALUE : worth(decimal(value, currency), currency),
        score: { ...claimData().score, confidence: confidence / 100 },
      }),
    ),
  ];
  const said = { claimId, amazonCaseId: null, source: 'person', reason: null } as const;
  if (end === 'denied') events.push(on('claim.denied', said));
  if (end === 'dismissed') events.push(on('claim.dismissed', { claimId, reason: 'mine' }));
  if (end === 'withdrawn') {
    events.push(on('claim.withdrawn', { claimId, detectionId: 'detection_2', reason: 'found' }));
  }
  if (end !== 'approved' && end !== 'partially_approved') return events;
  const amount = agreed === null ? null : money(agreed);
  events.push(on(`claim.${end}`, { ...said, amount, expectedOn: null }));
  payments.forEach((payment, index) => {
    const paid = payment.sum === null ? null : money(payment.sum);
    const data = { claimId, reference: `R-${index}`, paidOn: payment.day, amount: paid };
    events.push(on('claim.paid', { ...data, unitsInKind: 0 }));
  });
  return events;
}

function decimal(units: number, currency: ClaimLife['currency']): string {
  return currency === 'JPY' ? String(units) : (units / 100).toFixed(2);
}
