import type { EventData, LedgerFact, ReimbursementFact, RecordedEvent } from '@recoup/contracts';
import { claimState, eventOf, fromCommand, type ClaimState } from '@recoup/domain';
import { identify } from '@recoup/facts';
import { addDays, derivedName } from '@recoup/kernel';
import type { Cited, ClaimFile } from '../domain/claim-file.js';

export type Detected = EventData<'claim.detected'>;

/** Facts under the keys that they are stored by. */
export function cited(rows: readonly LedgerFact[]): Cited<LedgerFact>[] {
  return identify('ledger', rows).map(({ key, data }) => ({ key, data: data as LedgerFact }));
}

export function citedPayments(rows: readonly ReimbursementFact[]): Cited<ReimbursementFact>[] {
  return identify('reimbursement', rows).map(({ key, data }) => ({
    key,
    data: data as ReimbursementFact,
  }));
}

/** The rows as a claim file holds them. */
export function recordsOf(
  ledger: readonly LedgerFact[],
  payments: readonly ReimbursementFact[] = [],
): ClaimFile['records'] {
  const rows = cited(ledger).map((row) => ({ kind: 'ledger' as const, ...row }));
  const paid = citedPayments(payments).map((row) => ({ kind: 'reimbursement' as const, ...row }));
  return { cited: [...rows, ...paid], ofOrder: [], ofProduct: paid };
}

export interface DetectedOptions {
  readonly ledger: readonly [LedgerFact, ...LedgerFact[]];
  readonly payments?: readonly ReimbursementFact[];
  readonly change?: Partial<Detected>;
  readonly confidence?: number;
}

/** What a detector says of the loss in the first row: likely, worth 7.50 USD a unit by the seller's word unless told otherwise. */
export function detectedData(options: DetectedOptions): Detected {
  const { ledger, payments = [], change = {}, confidence = 0.93 } = options;
  const [row] = ledger;
  const lost = row.reason === 'E' ? 'damaged' : 'lost';
  const quantity = change.quantity ?? -row.quantity;
  return {
    claimId: derivedName('claim', row.fnsku, row.referenceId, row.day),
    detectionId: 'detection_1',
    claimType: lost === 'lost' ? 'lost_inventory' : 'damaged_goods',
    subtype: `${lost}_warehouse`,
    subject: {
      marketplaceId: 'ATVPDKIKX0DER',
      fnsku: row.fnsku,
      sku: row.sku,
      asin: row.asin,
      productName: row.title,
      facility: row.fulfillmentCenter,
      orderId: null,
      shipmentId: null,
      removalOrderId: null,
      reimbursementId: null,
    },
    lossDay: row.day,
    opensOn: row.day,
    deadline: addDays(row.day, 60),
    policy: {
      name: 'fc-operations-us-2024',
      effectiveFrom: '2024-10-23',
      effectiveTo: null,
      source: 'an announcement',
    },
    needs: ['ledger', 'reimbursements'],
    quantity,
    value: {
      basis: 'sourcing_cost',
      perUnit: { amount: '7.50', currency: 'USD' },
      total: { amount: (7.5 * quantity).toFixed(2), currency: 'USD' },
    },
    score: { modelVersion: 'hand-1', confidence, intercept: 0, contributions: [] },
    tier: 'auto',
    allocation: [
      {
        kind: lost,
        day: row.day,
        quantity: -row.quantity,
        reference: row.referenceId,
        facility: row.fulfillmentCenter,
      },
    ],
    sources: [
      ...cited(ledger).map(({ key }) => ({ kind: 'ledger', key })),
      ...citedPayments(payments).map(({ key }) => ({ kind: 'reimbursement', key })),
    ],
    ...change,
  };
}

/** A value that nobody knows. */
export const unknownValue: Detected['value'] = { basis: 'unknown', perUnit: null, total: null };

/** The claim that a detected event alone makes. */
export function claimOf(data: Detected): ClaimState {
  const event = eventOf('claim.detected', data, {
    cause: fromCommand('service:detection', new Date('2026-11-20T00:00:00Z')),
  });
  const state = claimState([{ ...event, streamVersion: 1 } as RecordedEvent]);
  if (!state) throw new Error('a detected event makes a claim');
  return state;
}
