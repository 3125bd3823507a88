import { feeEstimateFactSchema, type OrderFact, type OrderItemFact } from '@recoup/contracts';
import { recordFacts } from '@recoup/facts';
import { inTransaction } from '@recoup/service-kit';
import { describe, expect, it } from 'vitest';
import { stageOfFile } from '../testing/stage.js';

const US = 'ATVPDKIKX0DER';
const OPERATION = 'getMyFeesEstimates';

const stage = stageOfFile({ orders: 300, rateScale: 4_000 });

interface Row {
  /** What Amazon estimates now. */
  readonly estimate: unknown;
  /** How many versions there are of it. */
  readonly versions: number;
  /** What the fee preview states for the same product; the sandbox's rate card is behind both. */
  readonly total: string;
  readonly referral: string;
  readonly fulfilment: string;
}

/** Each product that is offered, with its estimate. Every one of them is in stock or was sold lately, or has none. */
async function productsOf(tenantId: string): Promise<readonly Row[]> {
  const { rows } = await stage.sut.pool.query<Row>(
    `select (array_agg(e.data order by e.batch desc))[1] estimate, count(e.key)::int versions,
            p.data->>'estimatedTotal' total, p.data->>'referralPerUnit' referral,
            p.data->>'fulfillmentPerUnit' fulfilment
       from facts.fact p left join facts.fact e on e.tenant_id = p.tenant_id and e.kind = 'feeEstimate'
        and e.data->>'marketplaceId' = p.data->>'marketplaceId' and e.data->>'sku' = p.data->>'sku'
      where p.tenant_id = $1 and p.kind = 'feePreview' group by p.data`,
    [tenantId],
  );
  return rows;
}

async function sync(tenantId: string, given?: string) {
  const syncId = given ?? (await stage.sut.request(tenantId));
  await stage.sut.enqueue(tenantId, syncId);
  const state = await stage.sut.work(tenantId, syncId);
  expect(state.status).toBe('complete');
  return { syncId, coverage: state.coverage.feeEstimates };
}

const callsOf = async (seller: string) => (await stage.amazon.calls(seller)).get(OPERATION);

/** Estimates that a sync brought, by marketplace. */
async function broughtBy(syncId: string): Promise<number[]> {
  const { rows } = await stage.sut.pool.query<{ received: number }>(
    `select received from ingestion.sync_window where sync_id = $1 and resource = 'feeEstimates'`,
    [syncId],
  );
  return rows.map(({ received }) => received);
}

const yesterday = () => new Date(stage.amazon.clock.now().getTime() - 86_400_000).toISOString();
const cents = (amount: string | undefined) => Math.round(Number(amount) * 100);

function expectFeesOfThePreview({ estimate, total, referral, fulfilment }: Row): void {
  const { sku, result } = feeEstimateFactSchema.parse(estimate);
  const fee = (type: string) =>
    result.details?.filter((one) => one.type === type).map(({ final }) => cents(final.amount));
  expect({
    sku,
    status: result.status,
    total: cents(result.total?.amount),
    referral: fee('ReferralFee'),
    fulfilment: fee('FBAFees'),
  }).toEqual({
    sku,
    status: 'Success',
    total: cents(total),
    referral: [cents(referral)],
    fulfilment: [cents(fulfilment)],
  });
}

describe('fee estimates', () => {
  const seller = 'A2HARBORPINE01';
  let tenantId: string;

  it('given a first sync, then each product has the fees of the rate card, asked for in batches of twenty', async () => {
    const connected = await stage.sut.connected(seller);
    tenantId = connected.tenantId;
    const { syncId, coverage } = await sync(tenantId, connected.syncId);
    expect(coverage).toMatchObject({ state: 'complete' });
    expect(coverage?.reason).toBeUndefined();

    const brought = await broughtBy(syncId);
    const rows = (await productsOf(tenantId)).filter(({ versions }) => versions > 0);
    expect(rows.length).toBeGreaterThan(20);
    expect(rows).toHaveLength(brought.reduce((sum, one) => sum + one, 0));
    rows.forEach(expectFeesOfThePreview);
    const batches = brought.reduce((sum, one) => sum + Math.ceil(one / 20), 0);
    expect(await callsOf(seller)).toMatchObject({ calls: batches, throttled: 0 });
  });

  it('when it syncs again, then all are asked for and nothing is stored, because nothing is different', async () => {
    const before = await productsOf(tenantId);
    const { syncId } = await sync(tenantId);
    expect((await broughtBy(syncId)).every((received) => received > 0)).toBe(true);
    expect(await productsOf(tenantId)).toEqual(before);
  });

  it('given a product that nothing tells the price of, then it is counted, and the others have theirs', async () => {
    const sold: OrderFact = {
      ...{ orderId: '999-1', marketplaceId: US, status: 'SHIPPED', fulfilledBy: 'AMAZON' },
      ...{ createdAt: yesterday(), updatedAt: yesterday() },
      ...{ salesChannel: null, serviceLevel: null, shipCountry: null },
    };
    const line: OrderItemFact = {
      ...{ orderId: sold.orderId, sku: 'UNPRICED', asin: 'B0UNPRICED', ordinal: 0 },
      ...{ orderItemId: null, title: null, quantity: 1, quantityShipped: 1 },
      ...{ unitPrice: null, proceeds: null },
    };
    await inTransaction(stage.sut.pool, async (tx) => {
      const by = { tenantId, syncId: 'earlier' };
      await recordFacts(tx, { ...by, kind: 'order', rows: [sold] });
      await recordFacts(tx, { ...by, kind: 'orderItem', rows: [line] });
    });
    const { syncId, coverage } = await sync(tenantId);
    const priced = (await broughtBy(syncId)).reduce((sum, one) => sum + one, 0);
    expect(coverage).toMatchObject({
      state: 'complete',
      reason: `No fee estimate for 1 of ${priced + 1} products: no price is known of 1.`,
    });
  });
});

describe('fee estimates that Amazon fails at', () => {
  it('given some products of a batch once, then these are asked for again', async () => {
    const seller = 'A0FEEFAIL0001';
    await stage.amazon.fault({
      operation: OPERATION,
      mode: 'service_error',
      times: 7,
      sellerId: seller,
    });
    const { tenantId, syncId } = await stage.sut.connected(seller);
    const { coverage } = await sync(tenantId, syncId);
    expect(coverage).toMatchObject({ state: 'complete' });
    expect(coverage?.reason).toBeUndefined();
    const rows = (await productsOf(tenantId)).filter(({ versions }) => versions > 0);
    expect(rows.length).toBeGreaterThan(20);
    rows.forEach(expectFeesOfThePreview);
  });

  it('given all of them to the end, then that is said, nothing is stored, and the next sync makes up for it', async () => {
    const seller = 'A0FEEFAIL0002';
    const fault = { operation: OPERATION, times: 'always', sellerId: seller } as const;
    await stage.amazon.fault({ ...fault, mode: 'service_error' });
    const { tenantId, syncId } = await stage.sut.connected(seller);
    const { coverage } = await sync(tenantId, syncId);
    expect(coverage).toMatchObject({
      state: 'partial',
      reason: expect.stringMatching(
        /^No fee estimate for (\d+) of \1 products: Amazon failed to estimate \1\.$/,
      ) as string,
    });
    expect((await productsOf(tenantId)).filter(({ versions }) => versions > 0)).toEqual([]);

    await stage.amazon.heal();
    expect((await sync(tenantId)).coverage).toMatchObject({ state: 'complete' });
    expect(
      (await productsOf(tenantId)).filter(({ versions }) => versions > 0).length,
    ).toBeGreaterThan(20);
  });

  it('given the application lacks the role, then the sync completes without, and says so', async () => {
    const seller = 'A0FEEFAIL0003';
    const { tenantId, syncId } = await stage.sut.connected(seller);
    await stage.amazon.fault({
      operation: OPERATION,
      status: 403,
      times: 'always',
      sellerId: seller,
    });
    expect((await sync(tenantId, syncId)).coverage).toEqual({
      state: 'missing',
      from: null,
      to: null,
      reason: 'Failed to fetch fee estimates: Amazon refused access',
    });
  });
});
