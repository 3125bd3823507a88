import { sleep } from '@recoup/kernel';
import { eventually } from '@recoup/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addSellers } from '../../infra/bench/src/scale/many-sellers.js';
import {
  Browser,
  connectSeller,
  followSync,
  startProduct,
  startSync,
  waitForClaims,
  type Product,
} from '../product/index.js';
import { costsOf, spent, type Costs } from './scale/costs.js';

/** Orders of each seller that is really synced: the daily case has little that is new. */
const ORDERS = 60;
/** Sellers that are really synced, over and over, among so many that are only there. */
const SYNCED = 4;
const SIZES = [100, 1000, 10_000];
/** How long an idle product is looked at, in seconds. */
const IDLE = 6;
/** By so much the counts of a sync may differ between sizes: what waits for a machine under load polls more often. */
const FLAT = 1.6;

/** What is held back is due for ever, and everybody would wait for it. */
const NOTHING_HELD = `delete from evidence.filing where state = 'waiting' and tenant_id like 'seller-%'`;

interface Line {
  readonly sellers: number;
  readonly idle: Costs;
  readonly sync: Costs;
}

let product: Product;
let synced: Browser[];
const lines: Line[] = [];

beforeAll(async () => {
  product = await startProduct({ orders: ORDERS });
  await product.database.query('alter system set autovacuum = off');
  await product.database.query('select pg_reload_conf()');
  synced = await Promise.all(
    Array.from({ length: SYNCED }, async (_, nth) => {
      const browser = new Browser(product.origin);
      await connectSeller(browser, `A0SCALE${String(nth).padStart(4, '0')}`);
      return browser;
    }),
  );
  await syncAll(); // the first sync of each, which is not the daily case
}, 400_000);

afterAll(async () => {
  process.stdout.write(`${table()}\n`);
  await product?.[Symbol.asyncDispose]();
});

/** One more sync of every seller, to the end of all that follows from it. */
async function syncAll(): Promise<void> {
  await Promise.all(
    synced.map(async (browser) => {
      const syncId = await startSync(browser);
      await followSync(browser, syncId);
      await waitForClaims(browser, syncId, 240_000);
    }),
  );
  await untilQuiet();
}

/** Waits until the log has not grown for a second: a dearer look at what is left to do would be part of what is measured. */
function untilQuiet(): Promise<unknown> {
  let before = -1;
  return eventually(
    async () => {
      const { events } = await costsOf(product);
      const quiet = events === before;
      before = events;
      return quiet;
    },
    { timeoutMs: 240_000, everyMs: 1000 },
  );
}

it.each(SIZES)(
  'given %i sellers, when some have their daily sync, then it is measured',
  async (sellers) => {
    const there = lines.at(-1)?.sellers ?? 0;
    await addSellers(product.database, { from: there + 1, count: sellers - there });
    await product.database.query(NOTHING_HELD);
    await product.database.query('vacuum (freeze, analyze)'); // or it would come by itself, at its own time
    await syncAll(); // after it, caches and plans know the tables as they are
    const start = await costsOf(product);
    await sleep(IDLE * 1000);
    const rested = await costsOf(product);
    const began = performance.now();
    await syncAll();
    const seconds = (performance.now() - began) / 1000;
    const idle = spent(start, rested, IDLE);
    const busy = spent(rested, await costsOf(product), SYNCED);
    lines.push({ sellers, idle, sync: without(busy, idle, seconds / SYNCED) });
  },
  600_000,
);

it('then a sync costs as many transactions, rows, bytes and events, however many sellers there are', () => {
  for (const what of ['transactions', 'rows', 'wal', 'events'] as const) {
    const counts = lines.map(({ sync }) => sync[what]);
    const ratio = Math.max(...counts) / Math.min(...counts);
    expect({ what, flat: ratio <= FLAT, counts }).toMatchObject({ flat: true });
  }
});

/** Without what would have been spent in the same time anyway. */
function without(busy: Costs, idle: Costs, seconds: number): Costs {
  const left = (key: keyof Costs): number => busy[key] - idle[key] * seconds;
  return {
    services: left('services'),
    postgres: left('postgres'),
    transactions: left('transactions'),
    rows: left('rows'),
    wal: left('wal'),
    events: left('events'),
  };
}

function table(): string {
  const row = (what: string, sellers: number, costs: Costs): string =>
    [
      `${sellers}`.padStart(8),
      what.padEnd(12),
      `${(costs.services * 1000).toFixed(0)} ms`.padStart(10),
      `${(costs.postgres * 1000).toFixed(0)} ms`.padStart(10),
      costs.transactions.toFixed(0).padStart(8),
      costs.rows.toFixed(0).padStart(9),
      `${(costs.wal / 1000).toFixed(0)} KB`.padStart(10),
      costs.events.toFixed(1).padStart(8),
    ].join(' ');
  const head = ' sellers of             services   postgres  commits      rows        wal   events';
  return [
    '',
    head,
    ...lines.flatMap(({ sellers, idle, sync }) => [
      row('one sync', sellers, sync),
      row('a second idle', sellers, idle),
    ]),
  ].join('\n');
}
