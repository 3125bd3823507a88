import type { CasePacket } from '../domain/case-packet.js';

/** A case as it is sent to a desk. */
export const packet: CasePacket = {
  sellerId: 'A1TESTSELLER',
  claimId: 'claim_1',
  marketplaceId: 'ATVPDKIKX0DER',
  subtype: 'lost_warehouse',
  fnsku: 'X001ABC',
  sku: 'MUG-BLUE',
  asin: 'B000TEST01',
  quantity: 4,
  lossDay: '2026-11-01',
  deadline: '2026-12-31',
  amount: null,
  references: ['REF-1'],
  text: 'Units lost',
};
