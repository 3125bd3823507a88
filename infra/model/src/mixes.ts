import { calendarOf, makeWorld, randomFrom, seedOf, sellerOf } from '@recoup/sandbox';
import type { Desk, Random, World, WorldOptions } from '@recoup/sandbox';
import { anyDesk, otherDesk } from './any-desk.js';
import type { Reading } from './read/reading.js';

/** What sellers, readings and desks claims come from. */
export interface Mix {
  readonly name: string;
  /** What is other than in the mix that the model was trained on. */
  readonly what: string;
  /** The desk of a seller. */
  readonly desk: (draw: Random) => Desk;
  /** Days on which the claims are looked at. */
  readonly days: readonly string[];
  /** What sellers are like, in turn. */
  readonly sellers: readonly Size[];
  /** Share of sellers whose ledger does not state what is open, and of those whose payments were read in part. */
  readonly silent: number;
  readonly inPart: number;
}

/** How much of everything a seller has: many cases beside few orders, and as little else as is needed for it to be real. */
type Size = Pick<WorldOptions, 'orders'> & NonNullable<WorldOptions['size']>;

/** Losses of stock: products that something happens to have no room for cases of their orders. */
const STOCK: Size = {
  orders: 1500,
  products: 600,
  claimCases: 180,
  lookAlikes: 400,
  feeCases: 40,
  orderCases: 300,
};
/** Losses of orders and of fees, for which a seller needs many products and orders. */
const ORDERS: Size = {
  orders: 4000,
  products: 900,
  claimCases: 30,
  lookAlikes: 60,
  feeCases: 150,
  orderCases: 600,
};

export const USUAL: Mix = {
  name: 'usual',
  what: 'as in training, other sellers',
  desk: anyDesk,
  days: ['2026-02-14', '2026-05-20', '2026-08-09', '2026-11-21'],
  sellers: [STOCK, ORDERS],
  silent: 0.25,
  inPart: 0.12,
};

/** Worlds that are other than those of the training, one cause at a time and together. */
export const SHIFTED: readonly Mix[] = [
  {
    ...USUAL,
    name: 'strict desk',
    what: 'desks as strict as the strictest in training, and of more changing moods than any',
    desk: otherDesk({ strictness: 0.4, moods: 0.7 }),
  },
  {
    ...USUAL,
    name: 'slow season',
    what: 'desks as slow as the slowest in training, that ask back as often as any, in the weeks after the holidays',
    desk: otherDesk({ answer: { medianDays: 8, spread: 0.8 }, asksBack: 0.5 }),
    days: ['2026-01-05', '2026-01-19'],
  },
  {
    ...USUAL,
    name: 'paid unasked',
    what: 'more losses are put right unasked, and later, than anywhere in training',
    desk: otherDesk({ unasked: { share: 0.6, meanDays: 7 } }),
  },
  {
    ...USUAL,
    name: 'noisy ledgers',
    what: 'ledgers with more around each loss, more of them silent or read in part, and desks more careless than any in training',
    desk: otherDesk({ reading: 1.1, luck: 0.04 }),
    sellers: [
      { ...STOCK, products: 500, claimCases: 120, lookAlikes: 640 },
      { ...ORDERS, lookAlikes: 160 },
    ],
    silent: 0.5,
    inPart: 0.25,
  },
];

export interface Seller {
  readonly world: World;
  readonly reading: Reading;
  readonly desk: Desk;
}

/** The n-th seller of a mix. `purpose` keeps those that serve one purpose apart from all others: no two share a seed. */
export async function sellerAt(mix: Mix, purpose: string, nth: number): Promise<Seller> {
  const seed = seedOf(purpose, mix.name, nth);
  const draw = randomFrom(seedOf('reading', purpose, mix.name, nth));
  const id = `A${String(seed).padStart(12, '0').slice(0, 12)}`;
  const reading: Reading = {
    statesOpen: draw() >= mix.silent,
    unreadPayments: draw() < mix.inPart ? 0.1 + 0.4 * draw() : 0,
  };
  const { sellers, days } = mix;
  const { orders, ...size } = sellers[nth % sellers.length] ?? STOCK;
  // Each kind of seller is looked at on every day.
  const day = days[Math.floor(nth / sellers.length) % days.length] ?? '';
  const world = await makeWorld({
    seller: sellerOf(id),
    seed,
    orders,
    size,
    calendar: calendarOf(day),
  });
  return { world, reading, desk: mix.desk(randomFrom(seedOf('desk', purpose, mix.name, nth))) };
}
