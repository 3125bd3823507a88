import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AmazonCallFailed } from '../amazon/errors.js';
import { getOrders } from '../amazon/orders-v0.js';
import type { SpApiClient } from '../amazon/sp-api-client.js';
import type { OrderBuyer } from '../buyers/buyer-info.js';
import { startSimulatedAmazon, type SimulatedAmazon } from '../testing/simulated-amazon.js';
import { openUnlimitedClient } from '../testing/unlimited-client.js';
import { systemTimer } from '../timer.js';
import { orderV0Buyer } from './order-v0-buyer.js';
import { orderV0Fact } from './order-v0-fact.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let amazon: SimulatedAmazon;
beforeAll(async () => {
  amazon = await startSimulatedAmazon({ orders: 2000, rateScale: 100_000 });
});
afterAll(() => amazon[Symbol.asyncDispose]());

/** The orders of the last two months: their buyers, and what is stored of them as facts. */
async function read(
  client: SpApiClient,
  sellerId: string,
  withBuyers: boolean,
): Promise<{ orders: number; buyers: OrderBuyer[]; facts: string }> {
  const { signal } = new AbortController();
  const now = Date.now();
  const window = {
    marketplaceIds: ['ATVPDKIKX0DER'],
    by: 'created',
    from: new Date(now - 60 * DAY_MS),
    to: new Date(now - HOUR_MS),
    withBuyers,
  } as const;
  const buyers: OrderBuyer[] = [];
  const facts: unknown[] = [];
  const caller = { sellerId, region: 'na', sync: null, signal } as const;
  for await (const page of getOrders(client, caller, window)) {
    facts.push(...page.map(orderV0Fact));
    buyers.push(...page.map(orderV0Buyer).filter((buyer) => buyer !== null));
  }
  return { orders: facts.length, buyers, facts: JSON.stringify(facts) };
}

const tokensAsked = async (sellerId: string): Promise<number | undefined> =>
  (await amazon.calls(sellerId)).get('createRestrictedDataToken')?.calls;

describe('orders of v0 with their buyers', () => {
  it('come by a restricted data token, one for all pages, in the words of the successor', async () => {
    const sellerId = 'A0VZEROBUYER1';
    const { orders, buyers } = await read(openUnlimitedClient(amazon), sellerId, true);
    expect(orders).toBeGreaterThan(200);
    expect(buyers.length).toBeGreaterThan(200);
    const known = new Map(
      (await amazon.buyers(sellerId)).buyers.map((buyer) => [buyer.orderId, buyer]),
    );
    for (const { orderId, info } of buyers) {
      const { name, email, street, phone } = known.get(orderId) ?? {};
      expect(info).toMatchObject({
        buyer: { buyerName: name, buyerEmail: email },
        deliveryAddress: { name, addressLine1: street, phone, countryCode: 'US' },
      });
    }
    expect(await tokensAsked(sellerId)).toBe(1);
  });

  it('tell nobody when they are not asked for, although v0 tells the place', async () => {
    const sellerId = 'A0VZEROBUYER2';
    const { orders, buyers } = await read(openUnlimitedClient(amazon), sellerId, false);
    expect(orders).toBeGreaterThan(200);
    expect(buyers).toEqual([]);
    expect(await tokensAsked(sellerId)).toBeUndefined();
  });

  it('leave no buyer in their facts, whether asked for or sent unasked', async () => {
    const sellerId = 'A0VZEROBUYER5';
    await amazon.setBuyers(sellerId, { leak: true });
    const client = openUnlimitedClient(amazon);
    const { buyers, leaked } = await amazon.buyers(sellerId);
    const marks = [leaked, ...buyers].flatMap(({ name, street, email, phone }) => [
      name,
      street,
      email,
      phone,
    ]);
    for (const withBuyers of [true, false]) {
      const { orders, facts } = await read(client, sellerId, withBuyers);
      expect(orders).toBeGreaterThan(200);
      expect(marks.filter((mark) => facts.includes(mark))).toEqual([]);
    }
  });

  it('are refused with 403 where the application lacks the role', async () => {
    const sellerId = 'A0VZEROBUYER3';
    await amazon.setBuyers(sellerId, { restrictedRole: false });
    const failed = read(openUnlimitedClient(amazon), sellerId, true);
    await expect(failed).rejects.toBeInstanceOf(AmazonCallFailed);
    await expect(failed).rejects.toMatchObject({
      refusal: { operation: 'createRestrictedDataToken', status: 403 },
    });
    // Once, and once more with a fresh access token.
    expect(await tokensAsked(sellerId)).toBe(2);
  });

  it('given a token that is about to end, then the next call has a new one', async () => {
    const sellerId = 'A0VZEROBUYER4';
    let ahead = 0;
    const client = openUnlimitedClient(amazon, {
      ...systemTimer,
      now: () => new Date(Date.now() + ahead),
    });
    await read(client, sellerId, true);
    ahead = HOUR_MS / 2;
    await read(client, sellerId, true);
    expect(await tokensAsked(sellerId)).toBe(1);
    ahead = HOUR_MS - 4 * 60_000;
    await read(client, sellerId, true);
    expect(await tokensAsked(sellerId)).toBe(2);
  });

  it('given a consent that has ended, then no token of it is used again', async () => {
    const sellerId = 'A0VZEROBUYER6';
    const client = openUnlimitedClient(amazon);
    await read(client, sellerId, true);
    client.forget('A0VZEROBUYER7');
    await read(client, sellerId, true);
    expect(await tokensAsked(sellerId)).toBe(1);
    client.forget(sellerId);
    await read(client, sellerId, true);
    expect(await tokensAsked(sellerId)).toBe(2);
  });
});
