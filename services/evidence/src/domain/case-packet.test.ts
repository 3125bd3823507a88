import { describe, expect, it } from 'vitest';
import { cited, citedPayments, claimOf, detectedData, recordsOf } from '../testing/detected.js';
import { lostRow, payment } from '../testing/rows.js';
import { casePacket, casePacketSchema } from './case-packet.js';
import type { ClaimFile } from './claim-file.js';

const ledger = [
  lostRow({ quantity: -16, unreconciledQuantity: 11 }),
  lostRow({ reason: 'F', quantity: 5, referenceId: 'REF-9', day: '2026-11-03' }),
] as const;
const whole = { state: 'complete', from: '2025-11-21', to: '2026-11-20' } as const;

function fileOf(payments = [payment()]): ClaimFile {
  return {
    claim: claimOf(detectedData({ ledger: [...ledger], payments, change: { quantity: 10 } })),
    ledger: cited(ledger),
    reimbursements: citedPayments(payments),
    records: recordsOf(ledger, payments),
    unstored: 0,
    gaps: [],
    coverage: { ledger: whole, reimbursements: whole },
  };
}

describe('given a claim and the rows it cites', () => {
  it('then the packet says whose claim it is, and the text shows every row and payment', () => {
    const packet = casePacketSchema.parse(casePacket('A1TESTSELLER', fileOf()));
    expect(packet).toMatchObject({ sellerId: 'A1TESTSELLER', fnsku: 'X001ABC', quantity: 10 });
    for (const part of [
      'REF-1',
      'REF-9',
      'R-1',
      '-16',
      'left to claim, Units 10',
      'Dec 31, 2026',
    ]) {
      expect(packet.text).toContain(part);
    }
  });

  it('then the order in which the rows were read changes nothing', () => {
    const file = fileOf();
    const turned = { ...file, ledger: file.ledger.toReversed() };
    expect(casePacket('A1TESTSELLER', turned)).toEqual(casePacket('A1TESTSELLER', file));
  });

  it('then without a payment the text says that there is none', () => {
    expect(casePacket('A1TESTSELLER', fileOf([])).text).toContain('holds no payment for them');
  });
});
