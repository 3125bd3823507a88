import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STATED_ENDS, standing } from '../months/claims-left.js';
import { openMonths, type Compared, type Months } from '../months/months.js';
import { dismissRest, submitEverySecond } from '../months/seller-acts.js';
import { connectSeller, signIn, startProduct, type Product } from '../product/index.js';

/** Sells in the United States and in Canada: two currencies. */
const SELLER = 'A3MAPLETRAIL02';
const CURRENCIES = ['USD', 'CAD'];

/**
 * Days on which is read what has happened, and what the seller does then. What goes wrong does so on the first sixty; a
 * refund may be claimed for two months later, and after two more nobody waits for an answer.
 */
const STOPS = [
  ...[{ day: 0 }, { day: 2 }, { day: 9, act: submitEverySecond }, { day: 22 }, { day: 35 }],
  ...[{ day: 41, act: submitEverySecond }, { day: 60 }, { day: 90, act: submitEverySecond }],
  ...[{ day: 115 }, { day: 140 }, { day: 202, act: dismissRest }],
];

let product: Product;
let months: Months;
const compared = new Map<number, Compared>();

describe('half a year with a desk that answers, pays, takes back, and pays unasked', () => {
  beforeAll(async () => {
    product = await startProduct({
      orders: 900,
      environment: { SANDBOX_DAYS_AHEAD: '210', SANDBOX_QUIET_DAYS: '150' },
    });
    const browser = await signIn(product);
    await connectSeller(browser, SELLER);
    months = openMonths({ product, browser, sellerId: SELLER, currencies: CURRENCIES });
    for (const { day, act } of STOPS) {
      await months.pass(day - months.day);
      if (act) await months.act(act);
      compared.set(day, await months.compare());
    }
  }, 1_200_000);
  afterAll(() => product[Symbol.asyncDispose]());

  it('then on every day that was looked at its books and what the seller is told agree to the cent', () => {
    for (const [day, { books, told }] of compared) {
      expect.soft(told, `on day ${day}`).toEqual(books);
    }
  });

  it('then in the end nothing is pending any more, and money went in all directions', async () => {
    const books: Compared['books'] = compared.get(months.day)?.books ?? {};
    for (const currency of CURRENCIES) {
      expect.soft(books[currency], currency).toMatchObject({ pending: 0 });
    }
    const USD = books['USD'];
    expect(USD?.paid).toBeGreaterThan(0);
    expect(USD?.unasked).toBeGreaterThan(0);
    expect(USD?.denied).toBeGreaterThan(0);
    const { unasked } = await months.books();
    expect(unasked.length).toBeGreaterThan(0);
  });

  it('then each case is one claim, and each claim stands where the desk left it', async () => {
    const { cases } = await months.books();
    expect(new Set(cases.map(({ claimId }) => claimId)).size).toBe(cases.length);
    const at = new Map((await standing(product)).map((one) => [one.claim_id, one.status]));
    for (const { claimId, status, movements } of cases) {
      const paid = movements.some(({ kind }) => kind === 'paid');
      const expected = paid ? ['paid', 'reversed'] : (ENDS[status] ?? []);
      expect.soft(expected, `${claimId} ${status}`).toContain(at.get(claimId));
    }
  });

  it('then no claim waits any more: all have a stated end', async () => {
    const left = (await standing(product)).filter(({ status }) => !STATED_ENDS.has(status));
    expect(left).toEqual([]);
  });
});

const ENDS: Readonly<Record<string, readonly string[]>> = {
  open: ['unanswered'],
  approved: ['approved'],
  partially_approved: ['partially_approved'],
  denied: ['denied'],
};
