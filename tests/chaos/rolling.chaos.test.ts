import { eventually } from '@recoup/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { logFaults, waitForClaims, waitUntilSettled } from '../product/index.js';
import { askAllTheTime } from './cluster/answers.js';
import { expectBooks } from './cluster/books.js';
import { startClusteredProduct, type ClusteredProduct } from './cluster/clustered-product.js';
import { watchSeller, type WatchedSeller } from './cluster/watched-seller.js';

/** Orders of each seller: a sync that lasts while a service is replaced. */
const ORDERS = 300;
const SERVICES = ['gateway', 'ingestion', 'detection', 'evidence'];
const LONG_MS = 240_000;

let product: ClusteredProduct;
beforeAll(async () => {
  product = await startClusteredProduct(ORDERS);
}, 400_000);
afterAll(() => product?.[Symbol.asyncDispose](), 120_000);

/** What a rollout does with the two instances of a service: one after the other ends in order, and a new one is ready. */
async function roll(service: string): Promise<void> {
  for (const instance of product.instances.filter(({ name }) => name.startsWith(`${service} `))) {
    expect(await instance.stop(), instance.name).toEqual({ code: 0, signal: null });
    await instance.restart();
  }
}

it('given syncs under way, when every instance of every service is replaced, then nothing is lost', async () => {
  const sellers: WatchedSeller[] = [];
  const next = async (): Promise<WatchedSeller> => {
    const seller = await watchSeller(
      product,
      `A0ROLLING${String(sellers.length + 1).padStart(4, '0')}`,
    );
    sellers.push(seller);
    return seller;
  };
  const { browser } = await next();
  const stop = askAllTheTime(browser);
  for (const service of SERVICES) {
    const { frames } = await next();
    await eventually(() => frames.length > 0, { timeoutMs: LONG_MS });
    await roll(service);
  }
  for (const { followed } of sellers) await followed;
  for (const seller of sellers) await waitForClaims(seller.browser, seller.syncId, LONG_MS);
  await waitUntilSettled(product, LONG_MS);
  const { asked, refused, longestOutage } = await stop();
  process.stdout.write(
    `rolled 8 instances: ${refused} of ${asked} refused, ${longestOutage.toFixed(1)} s without an answer\n`,
  );
  for (const seller of sellers) await expectBooks(product, seller);
  expect(await logFaults(product)).toEqual([]);
}, 900_000);
