import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  allRecoveries,
  Browser,
  claimableFees,
  connectSeller,
  factsPrint,
  filedCases,
  followSync,
  signIn,
  startProduct,
  startSync,
  syncStatus,
  truthOf,
  waitForClaims,
  waitUntilSettled,
  type Followed,
  type Product,
} from '../product/index.js';

const SELLER = 'A2HARBORPINE01';
const OTHER_SELLER = 'A3MAPLETRAIL02';

/** Claims about fees, which the truth knows by their charges. */
const ofFees = new Set([
  'fulfilment_fee_overcharge',
  'storage_fee_overcharge',
  'referral_fee_error',
]);

/** What a claim and a true loss have in common: where, what, when and how many. */
function lossKey(loss: { subtype: string; fnsku: string; day: string; units: number }): string {
  return [loss.subtype, loss.fnsku, loss.day, loss.units].join(' ');
}

describe('from a click to claims, as a newcomer runs it', () => {
  let product: Product;
  let seller: Browser;
  let syncId: string;
  let followed: Followed;

  beforeAll(async () => {
    product = await startProduct({ orders: 2500 });
    seller = await signIn(product);
    await connectSeller(seller, SELLER);
    syncId = await startSync(seller);
    followed = await followSync(seller, syncId);
    await waitForClaims(seller, syncId);
    await waitUntilSettled(product);
  });
  afterAll(() => product[Symbol.asyncDispose]());

  it('shows progress that counts, never falls, and ends complete', () => {
    const { frames } = followed;
    expect(frames[0]).toMatchObject({ status: 'in_progress', reset: true });
    expect(frames.at(-1)).toMatchObject({
      status: 'complete',
      progress: 100,
      message: 'Sync Complete',
    });
    expect(
      frames.some(({ message }) =>
        /^Processing orders\.\.\. [\d,]+ of 2,500 orders processed$/.test(message),
      ),
    ).toBe(true);
    expect(frames.at(-1)).toMatchObject({ ordersProcessed: 2500, totalOrders: 2500 });
  });

  it('closes the stream, and stops a client that comes back for more', async () => {
    const last = followed.frames.at(-1);
    const again = await seller.request(`/api/sse/sync-progress/${syncId}`, {
      headers: { 'last-event-id': last?.id ?? '' },
    });
    expect(again.status).toBe(204);
  });

  it('stores all that Amazon told', async () => {
    const { counts } = await truthOf(product, SELLER);
    const facts = new Map((await factsPrint(product)).map(({ kind, keys }) => [kind, keys]));
    expect(Object.fromEntries(facts)).toMatchObject({
      order: counts.orders,
      ledger: counts.ledgerRows,
      reimbursement: counts.reimbursementRows,
      transaction: counts.transactions,
      inventory: counts.inventoryRows,
      ledgerSummary: expect.any(Number) as number,
      customerReturn: counts.returnRows,
      replacement: counts.replacementRows,
      removalOrder: counts.removalOrderRows,
      removalShipment: counts.removalShipmentRows,
      inboundShipment: counts.inboundShipments,
      inboundItem: counts.inboundItems,
    });
  });

  it('claims every planted loss with its exact units, and no look-alike', async () => {
    const truth = await truthOf(product, SELLER);
    const all = await allRecoveries(seller);
    const claims = all.filter(({ subtype }) => !ofFees.has(subtype));
    const expected = truth.claims.map(({ lossDay, ...loss }) => lossKey({ ...loss, day: lossDay }));
    const found = claims.map(({ lossDate, quantity, ...claim }) =>
      lossKey({ ...claim, day: lossDate, units: quantity }),
    );
    expect(found.sort()).toEqual(expected.sort());
    expect(truth.claims.some(({ cause }) => cause === 'worked_example')).toBe(true);
    expect((await syncStatus(seller, syncId)).claimsDetected).toBe(all.length);
  });

  it('claims every fee that was charged too high, to the cent', async () => {
    const expected = claimableFees(await truthOf(product, SELLER));
    const found = (await allRecoveries(seller))
      .filter(({ subtype }) => ofFees.has(subtype))
      .map(({ subtype, sku, quantity, guaranteedAmount: amount }) => ({
        ...{ subtype, sku, quantity, amount },
      }));
    const sorted = (list: readonly object[]) => list.map((one) => JSON.stringify(one)).sort();
    expect(expected.length).toBeGreaterThan(0);
    expect(sorted(found)).toEqual(sorted(expected));
  });

  it('values a claim by what Amazon has paid before, and says so where nothing is known', async () => {
    const { claims: losses } = await truthOf(product, SELLER);
    const claims = await allRecoveries(seller);
    for (const { fnsku, lossDay, subtype, units, unitValue } of losses) {
      const claim = claims.find(
        (each) => each.fnsku === fnsku && each.lossDate === lossDay && each.subtype === subtype,
      );
      const worth = unitValue && Math.round(Number(unitValue.amount) * 100 * units) / 100;
      expect(claim).toMatchObject({
        amountKnown: unitValue !== null,
        guaranteedAmount: worth ?? 0,
      });
    }
  });

  it('files each claim of the automatic tier once, and no other', async () => {
    const claims = await allRecoveries(seller);
    const cases = await filedCases(product);
    const filed = claims.filter(({ status }) => status === 'Submitted');
    expect(filed.length).toBeGreaterThan(0);
    expect(filed.every(({ tier, amountKnown }) => tier === 'auto' && amountKnown)).toBe(true);
    expect(cases.map(({ request }) => request.claimId).sort()).toEqual(
      filed.map(({ id }) => id).sort(),
    );
    for (const { caseId, request } of cases) {
      const claim = filed.find(({ id }) => id === request.claimId);
      expect(claim).toMatchObject({ amazonCaseId: caseId, quantity: request.quantity });
    }
  });

  it('tells of it in activity, history and figures', async () => {
    const pageSchema = z.object({ activities: z.array(z.looseObject({ message: z.string() })) });
    const messages: string[] = [];
    for (let ended = false; !ended;) {
      const page = `/api/sync/activity?limit=100&offset=${messages.length}`;
      const { activities } = await seller.get(page, pageSchema);
      messages.push(...activities.map(({ message }) => message));
      ended = activities.length === 0;
    }
    const claims = await allRecoveries(seller);
    expect(messages).toContain(
      `Sync completed: 2,500 orders processed, ${claims.length} claims detected`,
    );
    const { syncs, total } = await seller.get(
      '/api/sync/history',
      z.object({ syncs: z.array(z.looseObject({ syncId: z.string() })), total: z.int() }),
    );
    expect(total).toBe(1);
    expect(syncs[0]).toMatchObject({ syncId, status: 'complete', ordersProcessed: 2500 });
    const metrics = await seller.get(
      '/api/metrics/recoveries',
      z.looseObject({ pendingAmount: z.number() }),
    );
    const known = claims.reduce(
      (sum, { guaranteedAmount }) => sum + Math.round(guaranteedAmount * 100),
      0,
    );
    expect(metrics).toMatchObject({ totalClaimsFound: claims.length, pendingAmount: known / 100 });
  });

  it('never asked Amazon for more than its limits allow', async () => {
    const response = await fetch(`${product.sandboxOrigin}/sandbox/calls`);
    const { calls } = z
      .object({
        calls: z.array(z.object({ operation: z.string(), calls: z.int(), throttled: z.int() })),
      })
      .parse(await response.json());
    expect(calls.filter(({ throttled }) => throttled > 0)).toEqual([]);
    expect(calls.find(({ operation }) => operation === 'searchOrders')?.calls).toBeGreaterThan(20);
  });

  it('makes one sync of twenty starts at once, and finds nothing twice', async () => {
    const before = await allRecoveries(seller);
    const answers = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const response = await seller.request('/api/sync/start', { method: 'POST' });
        return {
          status: response.status,
          body: (await response.json()) as Record<string, unknown>,
        };
      }),
    );
    const won = answers.filter(({ status }) => status === 200);
    expect(won).toHaveLength(1);
    const second = String(won[0]?.body['syncId']);
    const lost = answers.filter(({ status }) => status !== 200);
    for (const { status, body } of lost) {
      expect({ status, ...body }).toMatchObject({
        status: 400,
        code: 'sync_in_progress',
        existingSyncId: second,
      });
    }
    const { frames } = await followSync(seller, second);
    expect(frames.at(-1)?.status).toBe('complete');
    expect((await waitForClaims(seller, second)).claimsDetected).toBe(0);
    await waitUntilSettled(product);
    const strip = (claims: typeof before): unknown[] =>
      claims.map(({ id, quantity }) => [id, quantity]);
    expect(strip(await allRecoveries(seller))).toEqual(strip(before));
    expect((await filedCases(product)).length).toBe(
      before.filter(({ status }) => status === 'Submitted').length,
    );
  });

  it('shows a second seller nothing of the first', async () => {
    const other = new Browser(product.origin);
    await connectSeller(other, OTHER_SELLER);
    const otherSync = await startSync(other);
    for (const path of [`/api/sync/status/${syncId}`, `/api/sse/sync-progress/${syncId}`]) {
      expect((await other.request(path)).status).toBe(404);
    }
    expect((await other.request(`/api/sync/cancel/${syncId}`, { method: 'POST' })).status).toBe(
      404,
    );
    await followSync(other, otherSync);
    await waitForClaims(other, otherSync);
    await waitUntilSettled(product);
    const own = await allRecoveries(seller);
    const theirs = await allRecoveries(other);
    const truth = await truthOf(product, OTHER_SELLER);
    expect(theirs).toHaveLength(truth.claims.length + claimableFees(truth).length);
    const ids = new Set(own.map(({ id }) => id));
    expect(theirs.filter(({ id }) => ids.has(id))).toEqual([]);
    expect((await seller.request(`/api/sync/status/${otherSync}`)).status).toBe(404);
  }, 120_000);

  it('cancels a running sync at once, keeps what is stored, and lets the next one start', async () => {
    const running = await startSync(seller);
    const cancelled = await seller.request(`/api/sync/cancel/${running}`, { method: 'POST' });
    expect(cancelled.status).toBe(200);
    expect((await syncStatus(seller, running)).status).toBe('cancelled');
    expect((await seller.request(`/api/sync/cancel/${running}`, { method: 'POST' })).status).toBe(
      400,
    );
    const next = await startSync(seller);
    expect((await followSync(seller, next)).frames.at(-1)?.status).toBe('complete');
  });
});
