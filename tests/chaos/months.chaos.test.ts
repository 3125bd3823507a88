import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STATED_ENDS, standing } from '../months/claims-left.js';
import { openMonths, type Compared, type Months } from '../months/months.js';
import { dismissRest, submitEverySecond } from '../months/seller-acts.js';
import {
  connectSeller,
  signIn,
  startProduct,
  type ProcessName,
  type Product,
} from '../product/index.js';
import { settings } from './chaos-settings.js';
import { seeded } from './seeded.js';
import { strike } from './strike.js';

const { CHAOS_SEED: seed, CHAOS_MONTHS_ORDERS: orders, SANDBOX_SEED: worldSeed } = settings;

/** Losses happen on the first sixty days; then they come to their ends. */
const DAYS = [
  ...Array.from({ length: 21 }, (_, nth) => nth * 5),
  ...[110, 120, 130, 140, 165, 185, 202],
];
const VICTIMS: [ProcessName, ...ProcessName[]] = ['ingestion', 'detection', 'evidence', 'gateway'];
/** As late after the start of a sync as a process may be killed, in milliseconds: a sync takes some seconds. */
const LATEST_KILL_MS = 3_000;

const SELLERS = [
  { sellerId: 'A3MAPLETRAIL02', currencies: ['USD', 'CAD'] },
  { sellerId: 'A2HARBORPINE01', currencies: ['USD'] },
];

describe.each(SELLERS)('seven months of $sellerId', ({ sellerId, currencies }) => {
  let product: Product;
  let months: Months;
  const compared = new Map<number, Compared>();
  let kills = 0;

  beforeAll(async () => {
    const { between, pick } = seeded(seed);
    product = await startProduct({
      ...{ orders, seed: worldSeed },
      environment: { SANDBOX_DAYS_AHEAD: '210', SANDBOX_QUIET_DAYS: '150' },
    });
    const browser = await signIn(product);
    await connectSeller(browser, sellerId);
    months = openMonths({ product, browser, sellerId, currencies });
    const kill = async (): Promise<void> => {
      await pause(between(0, LATEST_KILL_MS));
      await strike(product, { kind: 'kill', victim: pick(VICTIMS), downMs: 0 });
      kills += 1;
    };
    const begunMs = Date.now();
    for (const [nth, day] of DAYS.entries()) {
      await months.pass(day - months.day, kill);
      if (nth % 4 === 2 && day <= 120) await months.act(submitEverySecond);
      if (nth === DAYS.length - 1) await months.act(dismissRest);
      compared.set(day, await months.compare());
    }
    const { books } = compared.get(months.day) ?? {};
    const seconds = Math.round((Date.now() - begunMs) / 1000);
    process.stdout.write(
      `${sellerId}: ${DAYS.length} stops, ${kills} kills, ${seconds} s, ${JSON.stringify(books)}\n`,
    );
  }, 3_600_000);
  afterAll(() => product[Symbol.asyncDispose]());

  it('then on every day that was looked at its books and what the seller is told agree to the cent', () => {
    expect(kills).toBeGreaterThanOrEqual(DAYS.length);
    for (const [day, { books, told }] of compared) {
      expect.soft(told, `on day ${day}`).toEqual(books);
    }
  });

  it('then each case is one claim, and none waits any more', async () => {
    const { cases } = await months.books();
    expect(new Set(cases.map(({ claimId }) => claimId)).size).toBe(cases.length);
    const claims = await standing(product);
    expect(claims.filter(({ status }) => !STATED_ENDS.has(status))).toEqual([]);
    expect(compared.get(months.day)?.books['USD']).toMatchObject({ pending: 0 });
  });
});
