import { beforeAll, describe, expect, test } from 'vitest';
import { fulfilmentCents } from '../fees/fulfilment-fee.js';
import { volumeOf } from '../fees/measure.js';
import { referralRate } from '../fees/referral-fee.js';
import { storageCents } from '../fees/storage-fee.js';
import { calendarOf, DAYS } from '../world/calendar.js';
import type { Product } from '../world/product.js';
import { sellerOf } from '../world/sellers.js';
import type { Breakdown, Transaction } from '../world/transaction.js';
import { makeWorld, type World } from '../world/world.js';
import { FEE_ERRORS, FEE_LOOK_ALIKES } from './registry.js';

const calendar = calendarOf('2026-03-10', 60);
let whole: World;
let world: World;
beforeAll(async () => {
  whole = await makeWorld({ seller: sellerOf('A2HARBORPINE01'), seed: 1, orders: 2_500, calendar });
  world = whole.asOf(calendar.anchorMs);
});

interface Charge {
  readonly product: Product;
  readonly day: string;
  readonly units: number;
  readonly principal: number;
  readonly fulfilment: number;
  readonly commission: number;
}

function amountOf(parts: readonly Breakdown[], ...path: readonly string[]): number {
  const [name, ...rest] = path;
  const found = parts.find(({ type }) => type === name);
  if (!found) return 0;
  return rest.length === 0 ? found.cents : amountOf(found.parts, ...rest);
}

function chargesOf({ products, calendar: { days }, transactions }: World): Charge[] {
  const bySku = new Map(products.map((product) => [product.sku, product]));
  const all = Array.from({ length: days }, (_, day) => transactions.postedOn(day)).flat();
  const shipped = all.filter(({ type, identifiers }: Transaction) => {
    const released = identifiers.some(({ name }) => name === 'DEFERRED_TRANSACTION_ID');
    return type === 'Shipment' && !released; // a release tells the same charge once more
  });
  return shipped.flatMap(({ items, postedMs }) =>
    items.flatMap(({ sku, units, breakdowns }) => {
      const product = bySku.get(sku);
      if (!product || !breakdowns) return [];
      return [
        {
          product,
          units,
          day: new Date(postedMs).toISOString().slice(0, 10),
          principal: amountOf(breakdowns, 'ProductCharges') + amountOf(breakdowns, 'PromoRebates'),
          fulfilment: -amountOf(breakdowns, 'AmazonFees', 'FBAPerUnitFulfillmentFee'),
          commission: -amountOf(breakdowns, 'AmazonFees', 'Commission'),
        },
      ];
    }),
  );
}

const cents = ({ amount }: { readonly amount: string }) => Math.round(Number(amount) * 100);
const sum = (all: readonly number[]) => all.reduce((total, one) => total + one, 0);

describe('given a world with errors in its fees', () => {
  test('then every kind is there, and what only looks like one says why', () => {
    const { feeClaims, feeLookAlikes } = world.truth;
    expect(new Set(feeClaims.map(({ cause }) => cause))).toEqual(
      new Set(FEE_ERRORS.map(({ name }) => name)),
    );
    expect(new Set(feeLookAlikes.map(({ cause }) => cause))).toEqual(
      new Set(FEE_LOOK_ALIKES.map(({ name }) => name)),
    );
  });

  test('then what is owed for shipping is what was charged beyond the fee for the stated size, charge by charge', () => {
    const claims = world.truth.feeClaims.filter(({ kind }) => kind === 'fulfilment_fee');
    const charges = chargesOf(world);
    for (const claim of claims) {
      const over = charges
        .filter(({ product, fulfilment }) => product.sku === claim.sku && fulfilment > 0)
        .map(({ product, day, units, fulfilment }) => ({
          day,
          cents: fulfilment - units * fulfilmentCents(product.measure, 'US', day),
        }))
        .filter((one) => one.cents !== 0);
      expect(sum(over.map((one) => one.cents))).toBe(cents(claim.overcharged));
      expect(over).toHaveLength(claim.charges);
      expect([over[0]?.day, over.at(-1)?.day]).toEqual([claim.from, claim.to]);
    }
  });

  test('then what is owed for commissions is what was charged beyond the rate of the group', () => {
    const claims = world.truth.feeClaims.filter(({ kind }) => kind === 'referral_fee');
    const charges = chargesOf(world);
    for (const claim of claims) {
      const over = charges
        .filter(({ product }) => product.sku === claim.sku)
        .map(({ product, principal, commission }) => {
          const right = Math.round((principal * referralRate(product.group)) / 1_000);
          return commission - right;
        });
      expect(sum(over)).toBe(cents(claim.overcharged));
    }
  });

  test('then what is owed for storage is what was charged beyond the volume of the stated sides', () => {
    const claims = world.truth.feeClaims.filter(({ kind }) => kind === 'storage_fee');
    const { storage } = world;
    const rows = storage
      .publishedBefore(world.calendar.endMs)
      .flatMap((month) => [...storage.chargesOf(month)]);
    const over = (sku: string) =>
      rows
        .filter(({ product }) => product.sku === sku)
        .map((row) => row.cents - storageCents({ ...row, volume: volumeOf(row.measure) }));
    for (const claim of claims) expect(sum(over(claim.sku))).toBe(cents(claim.overcharged));
    const claimed = new Set(claims.map(({ sku }) => sku));
    const others = rows.filter(({ product }) => !claimed.has(product.sku));
    expect(others.every((row) => row.volume === volumeOf(row.measure))).toBe(true);
  });

  test('then no other product was ever charged for another size than Amazon stated', () => {
    const cases = new Set(
      [...world.truth.feeClaims, ...world.truth.feeLookAlikes].map(({ sku }) => sku),
    );
    for (const { product, day, units, fulfilment } of chargesOf(world)) {
      if (cases.has(product.sku) || fulfilment === 0) continue;
      expect(fulfilment).toBe(units * fulfilmentCents(product.measure, 'US', day));
    }
  });

  test('then all of it can still be claimed: within 90 days', () => {
    for (const { kind, from } of world.truth.feeClaims) {
      const since = kind === 'storage_fee' ? `${from}-28` : from;
      const age = (calendar.anchorMs - Date.parse(since)) / 86_400_000;
      expect(age).toBeLessThanOrEqual(90);
    }
  });

  test('when time goes on, then an error that was not mended goes on to cost, and nothing is owed before it is charged', () => {
    const later = new Map(whole.truth.feeClaims.map((claim) => [claim.sku, claim]));
    const grown = world.truth.feeClaims.filter(
      (claim) => (later.get(claim.sku)?.charges ?? 0) > claim.charges,
    );
    expect(grown.length).toBeGreaterThan(0);
    for (const { to, kind } of world.truth.feeClaims) {
      if (kind !== 'storage_fee') expect(to < calendar.anchorDay).toBe(true);
    }
    expect(world.calendar.days).toBe(DAYS);
  });
});
