import { addDays } from '@recoup/kernel';
import { describe, expect, it } from 'vitest';
import { item, lookAt, receipt, shipment, told } from '../../../test/shipment-story.js';
import { ledgerRow, payment } from '../../../test/story.js';
import type { Payment, ProductFacts } from '../facts.js';
import { costsFrom } from '../value/costs.js';

const CAME = '2026-09-01';
const LATER = '2026-09-20';
/** Ten units were sent, and six of them received. */
const short = (id = 'FBA1', day = CAME, status = 'CLOSED'): Partial<ProductFacts> => ({
  inboundShipments: [shipment(id, status)],
  inboundItems: [item(id, { shipped: 10, received: 6 })],
  ledger: [receipt(id, day, 6)],
});
const pays = (units: number, day = '2026-09-10', more: { order?: string } = {}): Payment =>
  payment({ day, units, reason: 'Lost_Inbound', ...more });
const both = (a: Partial<ProductFacts>, b: Partial<ProductFacts>): Partial<ProductFacts> => ({
  inboundShipments: [...(a.inboundShipments ?? []), ...(b.inboundShipments ?? [])],
  inboundItems: [...(a.inboundItems ?? []), ...(b.inboundItems ?? [])],
  ledger: [...(a.ledger ?? []), ...(b.ledger ?? [])],
});

describe('given a closed shipment of which units were not received', () => {
  it('then they are claimed at once, with what was sent and what came, at what they cost', () => {
    const unitCost = { amount: '4.20', currency: 'USD' };
    const costs = costsFrom([{ sku: 'SKU-1', effectiveFrom: '2026-01-01', unitCost }]);
    const [finding] = lookAt(short(), CAME, { costs }).findings;
    expect(finding).toMatchObject({
      claimType: 'lost_inventory',
      subtype: 'inbound_shortage',
      quantity: 4,
      lossDay: CAME,
      subject: { shipmentId: 'FBA1', fnsku: 'X001', sku: 'SKU-1', asin: 'B001', facility: 'PHX7' },
      value: { basis: 'sourcing_cost', total: { amount: '16.80', currency: 'USD' } },
      policy: { name: 'inbound-us' },
      allocation: [
        { kind: 'shipped', quantity: 10, reference: 'FBA1' },
        { kind: 'received', quantity: 6, reference: 'FBA1' },
      ],
    });
  });

  it('then it is claimed until nine months after the first receipt, the last part of it by a person', () => {
    const tier = (age: number) => {
      const unitCost = { amount: '4.20', currency: 'USD' };
      const costs = costsFrom([{ sku: 'SKU-1', effectiveFrom: '2025-01-01', unitCost }]);
      return lookAt(short('FBA1', '2026-01-05'), addDays('2026-01-05', age), { costs }).findings[0]
        ?.tier;
    };
    expect([30, 60].map(tier)).toEqual(['auto', 'auto']);
    expect([61, 120, 273].map(tier)).toEqual(['prompt', 'prompt', 'prompt']);
    const late = lookAt(short('FBA1', '2026-01-05'), addDays('2026-01-05', 274));
    expect(late).toMatchObject({ findings: [], pastWindow: [{ units: 4 }] });
  });

  it.each([
    ['GB', 181, 0],
    ['DE', 181, 0],
    ['IN', 60, 0],
    ['AE', 60, 15],
  ])('then in %s until day %d, and from day %d', (country, last, first) => {
    const facts = { ...short(), ledger: [receipt('FBA1', CAME, { units: 6, country })] };
    const at = (age: number) => told(lookAt(facts, addDays(CAME, age), { hour: '10' }));
    expect(at(first)).toEqual([['inbound_shortage', 4]]);
    expect(at(last)).toEqual([['inbound_shortage', 4]]);
    expect(at(last + 1)).toEqual([]);
    if (first > 0) expect(at(first - 1)).toEqual([]);
  });

  it('then a late receipt that the ledger has and the shipment not yet lowers it', () => {
    const facts = short();
    const ledger = [...(facts.ledger ?? []), receipt('FBA1', '2026-09-15', 3)];
    expect(told(lookAt({ ...facts, ledger }, LATER))).toEqual([['inbound_shortage', 1]]);
  });

  it('then stock misplaced after its receipt is another loss', () => {
    const facts = short();
    const gone = ledgerRow({ day: '2026-09-05', reason: 'M', quantity: -2, open: 2 });
    expect(told(lookAt({ ...facts, ledger: [...(facts.ledger ?? []), gone] }, LATER))).toEqual([
      ['lost_warehouse', 2],
      ['inbound_shortage', 4],
    ]);
  });

  it('then nothing of it received but other products of it is dated by theirs', () => {
    const facts: Partial<ProductFacts> = {
      inboundShipments: [shipment('FBA1')],
      inboundItems: [item('FBA1', { shipped: 10, received: 0 })],
      shipmentMates: [item('FBA1', { shipped: 5, received: 5, fnsku: 'X002' })],
      mateReceipts: [receipt('FBA1', CAME, { units: 5, fnsku: 'X002' })],
    };
    const [finding] = lookAt(facts, LATER).findings;
    expect(finding).toMatchObject({ quantity: 10, lossDay: CAME });
  });

  it('then without any receipt nothing can be said', () => {
    const stock = ledgerRow({ day: CAME, reason: 'F', quantity: 1 });
    expect(lookAt({ ...short(), ledger: [stock] }, LATER)).toMatchObject({
      findings: [],
      unjudged: 1,
    });
  });

  it('then its claim stays the same when more becomes known', () => {
    const [first] = lookAt(short(), LATER).findings;
    const [later] = lookAt({ ...short(), reimbursements: [pays(1)] }, LATER).findings;
    expect(later).toMatchObject({ claimId: first?.claimId, quantity: 3 });
  });
});

describe('given what only looks like a shortage', () => {
  const item1 = (sent: Parameters<typeof item>[1]) => ({ inboundItems: [item('FBA1', sent)] });

  it.each([
    ['unknown receipts', { ...short(), ...item1({ shipped: 10, received: null }) }],
    ['an unknown shipped quantity', { ...short(), ...item1({ shipped: null, received: 6 }) }],
    ['a shipment under way', short('FBA1', CAME, 'SHIPPED')],
    ['a cancelled shipment', short('FBA1', CAME, 'CANCELLED')],
    ['a deleted shipment', short('FBA1', CAME, 'DELETED')],
    ['cases counted as units', { ...short(), ...item1({ shipped: 72, received: 6, inCase: 12 }) }],
  ])('then %s is none', (_, facts) => {
    expect(told(lookAt(facts, LATER))).toEqual([]);
  });

  it('then a shipment that is being received is one when nothing came for three weeks', () => {
    const at = (age: number) => told(lookAt(short('F', CAME, 'RECEIVING'), addDays(CAME, age)));
    expect(at(21)).toEqual([]);
    expect(at(22)).toEqual([['inbound_shortage', 4]]);
  });

  it('then units booked in as another product of the shipment are not missing', () => {
    const mates = (received: number) => ({
      shipmentMates: [item('FBA1', { shipped: 5, received, fnsku: 'X002' })],
    });
    expect(told(lookAt({ ...short(), ...mates(9) }, LATER))).toEqual([]);
    expect(told(lookAt({ ...short(), ...mates(8) }, LATER))).toEqual([['inbound_shortage', 1]]);
  });

  it('then such a surplus explains the wants of a shipment once, in the order of its products', () => {
    const mates = [
      item('FBA1', { shipped: 5, received: 2, fnsku: 'X000' }),
      item('FBA1', { shipped: 5, received: 10, fnsku: 'X009' }),
    ];
    expect(told(lookAt({ ...short(), shipmentMates: mates }, LATER))).toEqual([
      ['inbound_shortage', 2],
    ]);
  });

  it('then units booked in with a later shipment of the same product are not missing', () => {
    const other = (day: string): Partial<ProductFacts> => ({
      inboundShipments: [shipment('FBA2')],
      inboundItems: [item('FBA2', { shipped: 5, received: 9 })],
      ledger: [receipt('FBA2', day, 9)],
    });
    expect(told(lookAt(both(short(), other('2026-09-08')), LATER))).toEqual([]);
    expect(told(lookAt(both(short(), other('2026-08-08')), LATER))).toEqual([
      ['inbound_shortage', 4],
    ]);
  });
});

describe('given payments for units lost on the way in', () => {
  const two = both(short('FBA1', '2026-08-20'), short('FBA2', CAME));

  it('then each is used once, for the oldest shortage that it does not precede', () => {
    const found = (payments: Payment[]) =>
      lookAt({ ...two, reimbursements: payments }, LATER)
        .findings.filter(({ subtype }) => subtype === 'inbound_shortage')
        .map(({ subject, quantity }) => [subject.shipmentId, quantity]);
    expect(found([pays(3)])).toEqual([
      ['FBA1', 1],
      ['FBA2', 4],
    ]);
    expect(found([pays(3), pays(3)])).toEqual([['FBA2', 2]]);
    expect(found([pays(6, '2026-08-25')])).toEqual([['FBA2', 4]]);
    expect(found([pays(4, '2026-08-01')])).toHaveLength(2);
  });

  it('then one that names a shipment is for that one', () => {
    const named = pays(4, '2026-09-10', { order: 'FBA2' });
    const [finding] = lookAt({ ...two, reimbursements: [named] }, LATER).findings;
    expect(finding?.subject.shipmentId).toBe('FBA1');
  });

  it('then a share without a name makes the claim less sure, and what was taken back is none', () => {
    const [plain] = lookAt(short(), LATER).findings;
    const [partly] = lookAt({ ...short(), reimbursements: [pays(1)] }, LATER).findings;
    expect(partly?.score.confidence).toBeLessThan(plain?.score.confidence ?? 0);
    const original = pays(4);
    const back = payment({
      ...{ day: '2026-09-12', units: -4, reason: 'Reimbursement_Reversal' },
      original: original.data.reimbursementId,
    });
    const reimbursements = [original, back];
    expect(told(lookAt({ ...short(), reimbursements }, LATER))).toEqual([['inbound_shortage', 4]]);
  });

  it('then payments of other families are not for it', () => {
    const reimbursements = ['Lost_Warehouse', 'Damaged_Inbound', 'GeneralAdjustment'].map(
      (reason) => payment({ day: '2026-09-10', units: 4, reason }),
    );
    expect(told(lookAt({ ...short(), reimbursements }, LATER))).toEqual([['inbound_shortage', 4]]);
  });
});

it('given a source that was not read, then nothing is found', () => {
  expect(told(lookAt(short(), LATER, { without: ['inboundShipments'] }))).toEqual([]);
  expect(told(lookAt(short(), LATER, { without: ['ledger'] }))).toEqual([]);
});
