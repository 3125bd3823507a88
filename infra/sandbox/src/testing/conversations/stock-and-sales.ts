import { z } from 'zod';
import { CA_ID, US_ID } from '../rig.js';
import { askPages, type Talk } from './conversation.js';

const SUMMARIES = '/fba/inventory/v1/summaries';
const METRICS = '/sales/v1/orderMetrics';
const PARTICIPATIONS = '/sellers/v1/marketplaceParticipations';

const summariesPage = z.object({
  pagination: z.object({ nextToken: z.string() }).optional(),
  payload: z.object({ inventorySummaries: z.array(z.object({ sellerSku: z.string() })) }),
});

export const getMarketplaceParticipations: Talk = async ({ ask }) => {
  await ask(PARTICIPATIONS);
  await ask(`${PARTICIPATIONS}?unknown=1`);
};

export const getInventorySummaries: Talk = async (talk) => {
  const here = `granularityType=Marketplace&granularityId=${US_ID}&marketplaceIds=${US_ID}`;
  const all = `${SUMMARIES}?${here}&details=true`;
  const tokenOf = (body: unknown) => summariesPage.parse(body).pagination?.nextToken;
  await askPages(talk, all, { parameter: 'nextToken', tokenOf, most: 20 });
  const { payload } = summariesPage.parse((await talk.ask(`${SUMMARIES}?${here}`)).json);
  const skus = payload.inventorySummaries.slice(0, 3).map(({ sellerSku }) => sellerSku);
  await talk.ask(`${all}&sellerSkus=${skus.map(encodeURIComponent).join(',')}`);
  await talk.ask(`${all}&startDateTime=2026-03-09T00:00:00Z`);
  await talk.ask(SUMMARIES);
  await talk.ask(`${all}&nextToken=made-up`);
  await talk.ask(`${all}&startDateTime=2020-01-01T00:00:00Z`);
  await talk.ask(`${SUMMARIES}?${here.replaceAll(US_ID, CA_ID)}`);
};

export const getOrderMetrics: Talk = async ({ ask }) => {
  const of = (from: string, to: string) =>
    `${METRICS}?marketplaceIds=${US_ID}&interval=${encodeURIComponent(`${from}--${to}`)}`;
  const year = `${of('2025-03-10T00:00:00Z', '2026-03-10T00:00:00Z')}&granularityTimeZone=UTC`;
  for (const granularity of ['Day', 'Week', 'Month', 'Year', 'Total']) {
    await ask(`${year}&granularity=${granularity}`);
  }
  await ask(`${of('2026-03-01T00:00:00Z', '2026-03-02T00:00:00Z')}&granularity=Hour`);
  await ask(`${year}&granularity=Total&buyerType=B2B&fulfillmentNetwork=AFN`);
  await ask(`${year}&granularity=Week&firstDayOfWeek=Sunday`);
  await ask(`${year}&granularity=Total&amazonProgram=AmazonHaul`);
  await ask(METRICS);
  await ask(`${year}&granularity=Total&asin=B000000000&sku=X`);
  await ask(`${year.replace(US_ID, CA_ID)}&granularity=Total`);
};
