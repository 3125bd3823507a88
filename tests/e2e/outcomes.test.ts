import { addDays, sumByCurrency } from '@recoup/kernel';
import { eventually } from '@recoup/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  type Browser,
  connectSeller,
  signIn,
  startProduct,
  startSync,
  waitForClaims,
  waitUntilSettled,
  type Product,
} from '../product/index.js';

const SELLER = 'A2HARBORPINE01';
const DAY_SECONDS = 86_400;

const money = z.object({ amount: z.string(), currency: z.string() });
const booksSchema = z.object({
  cases: z.array(
    z.object({
      ...{ caseId: z.string(), claimId: z.string(), status: z.string() },
      movements: z.array(
        z.object({ day: z.string(), kind: z.string(), amount: money, inKind: z.int() }),
      ),
    }),
  ),
});
type Books = z.infer<typeof booksSchema>;
const figuresSchema = z.object({
  ...{ paidValue: z.number(), unaskedAmount: z.number(), pendingAmount: z.number() },
});
const claimsSchema = z.array(z.object({ claim_id: z.string(), status: z.string() }));

/** States in which something is still to come, so that no claim may be left in them when its window is over. */
const WAITING = ['detected', 'validated', 'prompted', 'manual', 'queued_for_filing', 'submitted'];

let product: Product;
let seller: Browser;

async function books(): Promise<Books> {
  const answer = await fetch(`${product.sandboxOrigin}/sandbox/sellers/${SELLER}/cases`);
  return booksSchema.parse(await answer.json());
}

async function pass(days: number): Promise<void> {
  await fetch(`${product.sandboxOrigin}/sandbox/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ advanceSeconds: days * DAY_SECONDS }),
  });
}

const timeSchema = z.object({ now: z.iso.datetime() });

/** Today by the sandbox's clock. */
async function today(): Promise<string> {
  const answer = await fetch(`${product.sandboxOrigin}/sandbox/clock`);
  return timeSchema.parse(await answer.json()).now.slice(0, 10);
}

/** Whether the desk moved money within the last two days. */
async function movedLately(): Promise<boolean> {
  const lately = addDays(await today(), -2);
  const { cases } = await books();
  return cases.some(({ movements }) => movements.some(({ day }) => day >= lately));
}

/** A sync that reads up to today: the first after the clock was moved may have been planned by a service that had not heard. */
async function syncOnce(): Promise<void> {
  do {
    const syncId = await startSync(seller);
    await waitForClaims(seller, syncId, 240_000);
    await waitUntilSettled(product, 120_000);
  } while ((await readUpTo()) < addDays(await today(), -1));
}

const plannedSchema = z.object({ to: z.string() });

/** The day up to which the latest sync was planned to read. */
async function readUpTo(): Promise<string> {
  const { rows } = await product.database.query<{ data: unknown }>(
    `select data from log.event where type = 'sync.planned' order by occurred_at desc limit 1`,
  );
  return plannedSchema.parse(rows[0]?.data).to.slice(0, 10);
}

function sumOf({ cases }: Books, kind: string): number {
  const amounts = cases
    .flatMap(({ movements }) => movements)
    .filter((one) => one.kind === kind)
    .map(({ amount }) => amount);
  return Number(sumByCurrency(amounts)[0]?.amount ?? 0);
}

/** The figures once payments of the last sync are counted: that is work which begins when the sync has ended. */
async function agreeing(paid: number): Promise<z.infer<typeof figuresSchema>> {
  const read = () => seller.get('/api/metrics/recoveries', figuresSchema);
  await eventually(async () => Math.abs((await read()).paidValue - paid) < 0.005, {
    timeoutMs: 120_000,
  }).catch(() => undefined);
  return read();
}

const claims = async () =>
  claimsSchema.parse((await product.database.query('select claim_id, status from rm.claim')).rows);

describe('months with a desk that answers, pays and takes back', () => {
  beforeAll(async () => {
    product = await startProduct({ orders: 100, environment: { SANDBOX_DAYS_AHEAD: '200' } });
    seller = await signIn(product);
    await connectSeller(seller, SELLER);
    await syncOnce();
    for (const days of [20, 25, 25, 30, 30]) {
      await pass(days);
      await syncOnce();
    }
    // A sync reads up to some hours ago: what moved since is in the books and in no report that was read.
    for (let more = 0; more < 8 && (await movedLately()); more += 1) {
      await pass(3);
      await syncOnce();
    }
    await eventually(
      async () => {
        const answered = (await books()).cases.filter(({ status }) => status !== 'open');
        const waiting = new Set(
          (await claims()).filter(({ status }) => status === 'submitted').map((c) => c.claim_id),
        );
        return !answered.some(({ claimId }) => waiting.has(claimId));
      },
      { timeoutMs: 120_000 },
    );
    await waitUntilSettled(product, 120_000);
  }, 1_200_000);
  afterAll(() => product[Symbol.asyncDispose]());

  it('then what was paid, less what was taken back, is what the books of the desk say, to the cent', async () => {
    const told = await books();
    expect(told.cases.length).toBeGreaterThan(5);
    const paid = sumOf(told, 'paid') - sumOf(told, 'reversed');
    const figures = await agreeing(paid);
    expect(figures.paidValue).toBeCloseTo(paid, 6);
    expect(sumOf(told, 'paid')).toBeGreaterThan(0);
    expect(figures.unaskedAmount).toBeGreaterThanOrEqual(sumOf(told, 'unasked'));
  }, 150_000);

  it('then each case is one claim, and each claim that was answered stands where the desk left it', async () => {
    const { cases } = await books();
    expect(new Set(cases.map(({ claimId }) => claimId)).size).toBe(cases.length);
    const standing = new Map((await claims()).map((one) => [one.claim_id, one.status]));
    for (const { claimId, status, movements } of cases) {
      const at = standing.get(claimId) ?? 'unknown';
      const paid = movements.some(({ kind }) => kind === 'paid');
      const expected = paid ? ['paid', 'reversed'] : ENDS[status];
      expect.soft(expected, `${claimId} ${status}`).toContain(at);
    }
  });

  it('then no claim of the first day waits any more: all have a stated end', async () => {
    const { rows } = await product.database.query(
      `select status from rm.claim where deadline < (now() + interval '120 days')::date::text`,
    );
    const left = z.array(z.object({ status: z.string() })).parse(rows);
    expect(left.filter(({ status }) => WAITING.includes(status))).toEqual([]);
  });
});

const ENDS: Readonly<Record<string, readonly string[]>> = {
  open: ['submitted', 'unanswered'],
  approved: ['approved'],
  partially_approved: ['partially_approved'],
  denied: ['denied'],
};
