import { describe, expect, it } from 'vitest';
import { charge, item, lookAt, receipt, shipment, told } from '../../../test/shipment-story.js';
import { payment } from '../../../test/story.js';
import type { ProductFacts } from '../facts.js';
import { costsFrom } from '../value/costs.js';

const CAME = '2026-09-01';
const TODAY = '2026-09-20';
const unitCost = { amount: '4.20', currency: 'USD' };
const costs = costsFrom([{ sku: 'SKU-1', effectiveFrom: '2026-01-01', unitCost }]);
const freight = charge('FBA1', {
  type: 'FBAInboundTransportationFee',
  amount: '-31.00',
  day: '2026-08-25',
});

const came = (disposition: string, units = 3): Partial<ProductFacts> => ({
  inboundShipments: [shipment('FBA1')],
  inboundItems: [item('FBA1', { shipped: 10, received: 10 })],
  ledger: [receipt('FBA1', CAME, 10 - units), receipt('FBA1', CAME, { units: units, disposition })],
});

describe('given units that were received damaged', () => {
  it('then by a partnered carrier they are claimed at cost, by a person', () => {
    const facts = { ...came('CARRIER_DAMAGED'), transactions: [freight] };
    const [finding, ...others] = lookAt(facts, TODAY, { costs }).findings;
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      claimType: 'damaged_goods',
      subtype: 'inbound_damaged',
      quantity: 3,
      tier: 'prompt',
      value: { total: { amount: '12.60', currency: 'USD' } },
      subject: { shipmentId: 'FBA1' },
      allocation: [{ kind: 'damaged', quantity: 3, reference: 'FBA1' }],
    });
  });

  it('then by nobody knows whose carrier they are shown without a value', () => {
    const [finding] = lookAt(came('CARRIER_DAMAGED'), TODAY, { costs }).findings;
    expect(finding).toMatchObject({ quantity: 3, value: { basis: 'unknown', total: null } });
  });

  it('then by Amazon itself they are claimed at cost', () => {
    const [finding] = lookAt(came('WAREHOUSE_DAMAGED'), TODAY, { costs }).findings;
    expect(finding?.value.total).toEqual({ amount: '12.60', currency: 'USD' });
  });

  it.each(['DISTRIBUTOR_DAMAGED', 'DEFECTIVE', 'SELLABLE'])('then %s is not Amazon’s', (word) => {
    expect(told(lookAt(came(word), TODAY))).toEqual([]);
  });

  it('then what was corrected or paid is no more claimed', () => {
    const facts = came('CARRIER_DAMAGED');
    const back = receipt('FBA1', '2026-09-04', { units: -1, disposition: 'CARRIER_DAMAGED' });
    const ledger = [...(facts.ledger ?? []), back];
    const paid = payment({ day: '2026-09-10', units: 1, reason: 'Damaged_Inbound' });
    const lost = payment({ day: '2026-09-10', units: 1, reason: 'Lost_Inbound' });
    const reimbursements = [paid, lost];
    expect(told(lookAt({ ...facts, ledger, reimbursements }, TODAY))).toEqual([
      ['inbound_damaged', 1],
    ]);
  });
});
