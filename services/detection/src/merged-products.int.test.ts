import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { detectionWorld, LOSS, type DetectionWorld } from '../test/detection-world.js';
import { ledgerRow, payment, type Row } from '../test/story.js';

let world: DetectionWorld;
beforeAll(async () => {
  world = await detectionWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const of = (n: number, row: Row) =>
  ledgerRow({ ...row, product: { fnsku: `X00${n}`, asin: `B00${n}`, sku: `SKU-${n}` } }).data;
const became = (units: number, [from, to]: readonly [number, number]) => [
  of(from, { day: '2026-08-20', reason: '4', quantity: -units, reference: '4-1' }),
  of(to, { day: '2026-08-20', reason: '3', quantity: units, reference: '3-1' }),
];

/** What is claimed, by FNSKU. */
async function claimed(tenantId: string): Promise<string[]> {
  const events = [...(await world.claimsOf(tenantId)).values()].flat();
  return events.map(({ data }) => {
    const { subject, quantity } = data as { subject: { fnsku: string }; quantity: number };
    return `${subject.fnsku} ${quantity}`;
  });
}

describe('given FNSKUs that became one product', () => {
  it('then what is found under one is what was lost under the other, and the rest stays with it', async () => {
    const { ledger, job, tenantId } = world.seller();
    await ledger(
      ...became(3, [9, 1]),
      of(9, { day: LOSS, reason: 'M', quantity: -4 }),
      of(1, { day: '2026-09-10', reason: 'F', quantity: 3 }),
      of(5, { day: LOSS, reason: 'M', quantity: -2 }),
    );
    await world.detection(await job('2026-10-10'));
    expect((await claimed(tenantId)).sort()).toEqual(['X005 2', 'X009 1']);
  });

  it('then a find is first that of its own FNSKU, and each loss has the value of its own', async () => {
    const { ledger, payments, job, tenantId } = world.seller();
    await ledger(
      ...became(3, [9, 1]),
      of(9, { day: LOSS, reason: 'M', quantity: -2 }),
      of(1, { day: '2026-09-05', reason: 'M', quantity: -2 }),
      of(1, { day: '2026-09-10', reason: 'F', quantity: 2 }),
    );
    await payments(
      ...['2026-03-01', '2026-04-01'].map(
        (day) =>
          payment({ day, reason: 'Lost_Warehouse', units: 1, of: { fnsku: 'X001', sku: 'SKU-1' } })
            .data,
      ),
    );
    const { amountUnknown } = await world.detection(await job('2026-10-10'));
    expect(await claimed(tenantId)).toEqual(['X009 2']);
    expect(amountUnknown).toBe(1);
  });

  it("then units found under Amazon's own SKU are found for the product", async () => {
    const { ledger, job, tenantId } = world.seller();
    const found = ledgerRow({
      ...{ day: '2026-09-10', reason: 'F', quantity: 3 },
      product: { fnsku: 'B009', asin: 'B009', sku: 'Amazon.Found.B009' },
    });
    await ledger(of(9, { day: LOSS, reason: 'M', quantity: -4 }), found.data);
    await world.detection(await job('2026-10-10'));
    expect(await claimed(tenantId)).toEqual(['X009 1']);
  });

  it('then such a find is for what was lost before it, and leaves the next one to the next loss', async () => {
    const { ledger, job, tenantId } = world.seller();
    const found = ledgerRow({
      ...{ day: '2026-09-10', reason: 'F', quantity: 4 },
      product: { fnsku: 'B009', asin: 'B009', sku: 'Amazon.Found.B009' },
    });
    await ledger(
      of(9, { day: LOSS, reason: 'M', quantity: -4 }),
      found.data,
      of(9, { day: '2026-09-12', reason: 'M', quantity: -3 }),
      of(9, { day: '2026-09-20', reason: 'F', quantity: 3 }),
    );
    await world.detection(await job('2026-10-20'));
    expect(await claimed(tenantId)).toEqual([]);
  });
});
