import { describe, expect, it } from 'vitest';
import {
  cited,
  citedPayments,
  claimOf,
  detectedData,
  recordsOf,
  unknownValue,
  type DetectedOptions,
} from '../testing/detected.js';
import { damagedRow, intoDamagedStock, lostRow, payment } from '../testing/rows.js';
import { checkDocuments, overall } from './check-documents.js';
import type { ClaimFile } from './claim-file.js';

const whole = { state: 'complete', from: '2025-11-21', to: '2026-11-20' } as const;

function fileOf(options: DetectedOptions, change: Partial<ClaimFile> = {}): ClaimFile {
  return {
    claim: claimOf(detectedData(options)),
    ledger: cited(options.ledger),
    reimbursements: citedPayments(options.payments ?? []),
    records: recordsOf(options.ledger, options.payments),
    unstored: 0,
    gaps: [],
    coverage: { ledger: whole, reimbursements: whole },
    ...change,
  };
}

const LINE = { day: lostRow().day, facility: null } as const;

function statusOf(file: ClaimFile): Record<string, string> {
  return Object.fromEntries(checkDocuments(file).map(({ type, status }) => [type, status]));
}

describe('given a loss whose rows are stored', () => {
  it('then both extracts are available and no invoice is asked for', () => {
    const documents = checkDocuments(fileOf({ ledger: [lostRow()] }));
    expect(documents).toEqual([
      { type: 'ledger_extract', status: 'Available', reasons: [] },
      { type: 'reimbursement_absence_extract', status: 'Available', reasons: [] },
    ]);
    expect(overall(documents)).toBe('Available');
  });

  it('when its value is unknown, then only the invoice is missing', () => {
    const file = fileOf({ ledger: [lostRow()], change: { value: unknownValue } });
    expect(statusOf(file)).toEqual({
      ledger_extract: 'Available',
      reimbursement_absence_extract: 'Available',
      supplier_invoice: 'Missing',
    });
    expect(overall(checkDocuments(file))).toBe('Missing');
  });

  it('when a cited row is not stored, then the extract is missing', () => {
    const file = fileOf({ ledger: [lostRow(), lostRow({ reason: 'F', quantity: 1 })] });
    const [extract] = checkDocuments({ ...file, ledger: file.ledger.slice(0, 1) });
    expect(extract).toMatchObject({ status: 'Missing' });
    expect(extract?.reasons[0]).toContain('1 of the ledger rows');
  });

  it('when more is claimed than the row took, then the extract is rejected', () => {
    const file = fileOf({ ledger: [lostRow({ quantity: -4 })], change: { quantity: 5 } });
    expect(statusOf(file).ledger_extract).toBe('Rejected');
  });

  it('when Amazon states fewer open units than are claimed, then the extract is rejected', () => {
    const row = lostRow({ quantity: -16, unreconciledQuantity: 11 });
    const allocation = [
      { ...LINE, kind: 'lost', quantity: 16, reference: row.referenceId },
      { ...LINE, kind: 'corrected', quantity: 5, reference: 'reconciled by Amazon' },
    ] as const;
    const change = { quantity: 11, allocation: [...allocation] };
    expect(statusOf(fileOf({ ledger: [row], change })).ledger_extract).toBe('Available');
    expect(statusOf(fileOf({ ledger: [row], change: { quantity: 11 } })).ledger_extract).toBe(
      'Rejected',
    );
    expect(statusOf(fileOf({ ledger: [row], change: { quantity: 12 } })).ledger_extract).toBe(
      'Rejected',
    );
  });

  it('when Amazon states nothing about open units, then the row itself is the bound', () => {
    const row = lostRow({ quantity: -4, unreconciledQuantity: null });
    expect(statusOf(fileOf({ ledger: [row] })).ledger_extract).toBe('Available');
  });

  it.each([
    ['reason', { reason: 'F', quantity: 4 }],
    ['day', { day: '2026-11-02' }],
    ['reference', { referenceId: 'OTHER' }],
    ['place', { fulfillmentCenter: 'LAS1' }],
  ])('when the cited row has another %s, then it does not show this loss', (_, change) => {
    const file = fileOf({ ledger: [lostRow()] });
    const [row] = file.ledger;
    const other = { key: row?.key ?? '', data: lostRow(change) };
    expect(statusOf({ ...file, ledger: [other] }).ledger_extract).toBe('Rejected');
  });
});

describe('given reports that were not read whole', () => {
  const options: DetectedOptions = { ledger: [lostRow()] };

  it.each([
    ['in part', { state: 'partial', from: null, to: null, reason: 'throttled' } as const],
    ['not', { state: 'missing', from: null, to: null } as const],
    ['nobody knows how much', null],
  ])('then the absence of payments is not shown: %s', (_, reimbursements) => {
    const file = fileOf(options, { coverage: { ledger: whole, reimbursements } });
    expect(statusOf(file)).toMatchObject({
      ledger_extract: 'Available',
      reimbursement_absence_extract: 'Missing',
    });
  });

  it('then a payment that is set off and not stored is missed', () => {
    const file = fileOf({ ...options, payments: [payment()] });
    expect(statusOf(file).reimbursement_absence_extract).toBe('Available');
    const without = { ...file, reimbursements: [] };
    expect(statusOf(without).reimbursement_absence_extract).toBe('Missing');
  });
});

describe('given damage', () => {
  it('then both halves of the pair are needed, for as many units', () => {
    const pair = [damagedRow(), intoDamagedStock()] as const;
    expect(statusOf(fileOf({ ledger: [...pair] })).disposition_pair).toBe('Available');
    expect(statusOf(fileOf({ ledger: [damagedRow()] })).disposition_pair).toBe('Missing');
    const fewer = [damagedRow(), intoDamagedStock({ quantity: 3 })] as const;
    expect(statusOf(fileOf({ ledger: [...fewer] })).disposition_pair).toBe('Rejected');
  });

  it('then stock damaged by somebody else is no second half', () => {
    const pair = [damagedRow(), intoDamagedStock({ disposition: 'CUSTOMER_DAMAGED' })] as const;
    expect(statusOf(fileOf({ ledger: [...pair] })).disposition_pair).toBe('Missing');
  });
});

describe('given a claim that rests on other reports', () => {
  const option: DetectedOptions = {
    ledger: [lostRow()],
    change: { subtype: 'fc_transfer_loss' },
  };

  it('then the extract of its facts is available when all are stored and all sources were read whole', () => {
    expect(checkDocuments(fileOf(option))).toEqual([
      { type: 'facts_extract', status: 'Available', reasons: [] },
    ]);
  });

  it.each([
    ['a fact is not stored', { unstored: 1 }, '1 of the rows'],
    ['a source has gaps', { gaps: ['The source returns was not read'] }, 'returns was not read'],
  ] as const)('when %s, then it is missing and says why', (_, change, word) => {
    const [extract] = checkDocuments(fileOf(option, change));
    expect(extract).toMatchObject({ type: 'facts_extract', status: 'Missing' });
    expect(extract?.reasons[0]).toContain(word);
  });
});
