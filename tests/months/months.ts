import { eventually } from '@recoup/testkit';
import { z } from 'zod';
import { isDeepStrictEqual } from 'node:util';
import {
  startSync,
  waitForClaims,
  waitUntilSettled,
  type Browser,
  type Product,
} from '../product/index.js';
import { readBooks, totalsOf, type Books, type Totals } from './books.js';
import { openSightings } from './sightings.js';
import { toldIn } from './told.js';

const DAY_SECONDS = 86_400;
const DAY_MS = DAY_SECONDS * 1000;
const LONG_MS = 240_000;
/** A sync reads up to some minutes ago: Amazon refuses windows that end later. */
const FRESHEST_MS = 5 * 60_000;
/** `CLAIM_ANSWER_DAYS`: an answer is no longer expected after so many. */
const ANSWER_DAYS = 60;

/** A seller's months: time passes, syncs read what has happened, and books are compared. */
export interface Months {
  /** Lets days pass, reads them, and waits until nobody has anything left to do. `during`: what befalls the sync. */
  pass(days: number, during?: () => Promise<unknown>): Promise<void>;
  /** The seller does something, and everybody does what follows from it. */
  act(what: (browser: Browser) => Promise<void>): Promise<void>;
  /** What the books say and what the product tells, per currency, when they agree or time is up. */
  compare(): Promise<Compared>;
  books(): Promise<Books>;
  /** Days since the beginning. */
  readonly day: number;
}

export interface Compared {
  readonly books: Readonly<Record<string, Totals>>;
  readonly told: Readonly<Record<string, Totals>>;
}

export interface MonthsOf {
  readonly product: Product;
  readonly browser: Browser;
  readonly sellerId: string;
  readonly currencies: readonly string[];
}

/** Begins the months of a seller who is connected. */
export function openMonths({ product, browser, sellerId, currencies }: MonthsOf): Months {
  const sightings = openSightings();
  let readUntil = '';
  let day = 0;

  const sync = async (during: () => Promise<unknown>): Promise<void> => {
    const before = await now(product);
    // What was planned before the clock was moved counts for nothing.
    do {
      readUntil = new Date((await now(product)).getTime() - FRESHEST_MS).toISOString();
      const syncId = await startSync(browser);
      await during();
      await waitForClaims(browser, syncId, LONG_MS);
      await waitUntilSettled(product, LONG_MS);
    } while ((await readUpTo(product)) < dayOf(before));
    await sightings.look(browser, readUntil);
  };

  const compareOnce = async (): Promise<Compared> => {
    const books = await readBooks(product, sellerId);
    const silentBefore = new Date(
      Date.parse(dayOf(await now(product))) - (ANSWER_DAYS - 1) * DAY_MS,
    );
    const reckoning = {
      readUntil,
      isFound: sightings.isFound,
      silentBefore: silentBefore.toISOString(),
    };
    const pairs = await Promise.all(
      currencies.map(async (currency) => ({
        currency,
        books: totalsOf(books, { ...reckoning, currency }),
        told: await toldIn(browser, currency),
      })),
    );
    return {
      books: Object.fromEntries(pairs.map((one) => [one.currency, one.books])),
      told: Object.fromEntries(pairs.map((one) => [one.currency, one.told])),
    };
  };

  return {
    async pass(days, during = () => Promise.resolve()) {
      if (days > 0) await advance(product, days);
      day += days;
      await sync(during);
    },
    async act(what) {
      await what(browser);
      await waitUntilSettled(product, LONG_MS);
    },
    async compare() {
      let compared = await compareOnce();
      await eventually(
        async () => {
          compared = await compareOnce();
          return isDeepStrictEqual(compared.books, compared.told);
        },
        { timeoutMs: 60_000, everyMs: 500 },
      ).catch(() => undefined);
      return compared;
    },
    books: () => readBooks(product, sellerId),
    get day() {
      return day;
    },
  };
}

/** Moves the clock, and waits until every service has heard of it. */
async function advance(product: Product, days: number): Promise<void> {
  await fetch(`${product.sandboxOrigin}/sandbox/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ advanceSeconds: days * DAY_SECONDS }),
  });
  const moved = (await timeAt(product)).now;
  await eventually(
    async () => {
      const { heard } = await timeAt(product);
      return SERVICES.every((name) => (heard[name] ?? '') >= moved);
    },
    { timeoutMs: LONG_MS },
  );
}

const SERVICES = ['gateway', 'ingestion', 'detection', 'evidence'];

const timeSchema = z.object({
  now: z.iso.datetime(),
  /** What time it was when a service asked last. */
  heard: z.record(z.string(), z.iso.datetime()),
});

async function timeAt({ sandboxOrigin }: Product): Promise<z.infer<typeof timeSchema>> {
  return timeSchema.parse(await (await fetch(`${sandboxOrigin}/sandbox/clock`)).json());
}

/** Now by the simulated Amazon's clock. */
async function now(product: Product): Promise<Date> {
  return new Date((await timeAt(product)).now);
}

const plannedSchema = z.object({ to: z.string() });

/** The day up to which the latest sync was planned to read. */
async function readUpTo({ database }: Product): Promise<string> {
  const { rows } = await database.query<{ data: unknown }>(
    `select data from log.event where type = 'sync.planned' order by position desc limit 1`,
  );
  return plannedSchema.parse(rows[0]?.data).to.slice(0, 10);
}

function dayOf(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}
