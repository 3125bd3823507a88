import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { CA_ID, CA_SELLER, refusal, startRig, US_ID, type Rig } from '../testing/rig.js';
import { inventoryPage } from '../testing/shapes.js';

const PATH = '/fba/inventory/v1/summaries';
const of = (id: string) => `granularityType=Marketplace&granularityId=${id}&marketplaceIds=${id}`;

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig[Symbol.asyncDispose]());

const read = async (query: string, token?: string) =>
  inventoryPage.parse(
    (await rig.call(`${PATH}?${query}`, token === undefined ? {} : { token })).json,
  );

type Details = NonNullable<
  z.infer<typeof inventoryPage>['payload']['inventorySummaries'][number]['inventoryDetails']
>;
/** All but what is still on its way to Amazon. */
const unitsOf = (details: Details): number =>
  details.fulfillableQuantity +
  details.reservedQuantity.totalReservedQuantity +
  details.researchingQuantity.totalResearchingQuantity +
  details.unfulfillableQuantity.totalUnfulfillableQuantity;

describe('given the stock of a seller', () => {
  test('when all pages are read, then each product comes once and its parts add up', async () => {
    const skus: string[] = [];
    let next: string | undefined = '';
    const sizes: number[] = [];
    while (next !== undefined) {
      const page: string = next === '' ? '' : `&nextToken=${next}`;
      const { payload, pagination } = await read(`${of(US_ID)}&details=true${page}`);
      sizes.push(payload.inventorySummaries.length);
      for (const { sellerSku, totalQuantity, inventoryDetails } of payload.inventorySummaries) {
        skus.push(sellerSku);
        const known = inventoryDetails ? unitsOf(inventoryDetails) : Number.NaN;
        expect(totalQuantity).toBeGreaterThanOrEqual(known);
      }
      next = pagination?.nextToken;
    }
    expect(sizes).toEqual([50, 50, 20]);
    expect(new Set(skus).size).toBe(120);
  });

  test('when a page is asked for after 30 seconds, then its token has expired', async () => {
    const { pagination } = await read(of(US_ID));
    const next = `${of(US_ID)}&nextToken=${pagination?.nextToken ?? ''}`;
    rig.advance(29_000);
    expect((await rig.call(`${PATH}?${next}`)).status).toBe(200);
    rig.advance(2_000);
    expect(refusal(await rig.call(`${PATH}?${next}`))).toMatchObject({
      status: 400,
      code: 'InvalidInput',
    });
  });

  test('when details are not asked for, then only the total comes; when a SKU is, then only that', async () => {
    const { payload } = await read(of(US_ID));
    const [first, second] = payload.inventorySummaries;
    expect(first).not.toHaveProperty('inventoryDetails');
    const two = `sellerSkus=${first?.sellerSku ?? ''},${second?.sellerSku ?? ''}`;
    expect((await read(`${of(US_ID)}&${two}`)).payload.inventorySummaries).toEqual([first, second]);
    const later = '&startDateTime=2026-03-10T01:00:00Z';
    expect((await read(of(US_ID) + later)).payload.inventorySummaries).toEqual([]);
  });

  test('when it sells in two marketplaces, then each has its own products', async () => {
    const token = await rig.accessToken(CA_SELLER);
    const canada = await read(of(CA_ID), token);
    expect(canada.payload.inventorySummaries).toHaveLength(30);
  });

  test.each([
    ['no granularity', `marketplaceIds=${US_ID}`],
    ['two marketplaces', `${of(US_ID)},${CA_ID}`],
    [
      'two different marketplaces',
      `granularityType=Marketplace&granularityId=NO&marketplaceIds=${US_ID}`,
    ],
    ['a start more than 18 months ago', `${of(US_ID)}&startDateTime=2024-01-01`],
  ])('when the request has %s, then it is refused as invalid', async (_, query) => {
    expect(refusal(await rig.call(`${PATH}?${query}`))).toMatchObject({
      status: 400,
      code: 'InvalidInput',
    });
  });
});
