import { z } from 'zod';
import { decimal } from '../world/amount.js';
import type { World } from '../world/world.js';
import { ok, type Answer, type Call, type Operation } from '../wire/operation.js';
import { checkMarketplaces, list, parse } from '../wire/query.js';
import { invalidInput } from '../wire/sp-api-error.js';
import { bucketsOf, GRANULARITIES, stamp, type Span } from './metric-buckets.js';
import { salesIn, type SalesFilter } from './sales-sums.js';
import { isTimeZone, offsetAt } from './time-zone.js';

const DAY = 86_400_000;
const YEARS_BACK = 2 * 366 * DAY;

const querySchema = z.strictObject({
  marketplaceIds: list(z.string(), 1),
  interval: z.string(),
  granularity: z.enum(GRANULARITIES),
  granularityTimeZone: z.string().refine(isTimeZone, 'not an IANA time zone').optional(),
  buyerType: z.enum(['B2B', 'B2C', 'All']).default('All'),
  fulfillmentNetwork: z.enum(['MFN', 'AFN']).optional(),
  firstDayOfWeek: z.enum(['Monday', 'Sunday']).default('Monday'),
  asin: z.string().optional(),
  sku: z.string().optional(),
  amazonProgram: z.enum(['AmazonHaul']).optional(),
});
type Query = z.infer<typeof querySchema>;

export const getOrderMetrics: Operation = {
  name: 'getOrderMetrics',
  method: 'GET',
  path: '/sales/v1/orderMetrics',
  handle,
};

function handle({ world, nowMs, query }: Call): Answer {
  const asked = parse(querySchema, query);
  checkMarketplaces(asked.marketplaceIds, world.seller);
  if (asked.asin !== undefined && asked.sku !== undefined) {
    throw invalidInput('Only one of asin and sku can be specified.');
  }
  const { granularity, firstDayOfWeek } = asked;
  const { span, zone } = intervalOf(asked, nowMs);
  const buckets = bucketsOf(span, { granularity, zone, firstDayOfWeek });
  return ok({ payload: buckets.map((bucket) => metrics(world, bucket, { asked, zone })) });
}

const POINT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

/** The interval, absolute at both ends, in a zone whose offset both ends show. */
function intervalOf({ interval, granularity, granularityTimeZone }: Query, nowMs: number) {
  const ends = endsOf(interval);
  const span = { from: Date.parse(ends[0]), to: Date.parse(ends[1]) };
  if (!(span.from < span.to)) throw invalidInput('interval must end after its start.', 'interval');
  const oldest = nowMs - (granularity === 'Hour' ? 30 * DAY : YEARS_BACK);
  if (span.from < oldest) {
    throw invalidInput('interval lies too far back for this granularity.', 'interval');
  }
  if (granularityTimeZone !== undefined) checkOffsets(ends, granularityTimeZone);
  else if (granularity !== 'Hour') {
    throw invalidInput(
      'granularityTimeZone is required for this granularity.',
      'granularityTimeZone',
    );
  }
  return { span, zone: granularityTimeZone ?? 'UTC' };
}

function endsOf(interval: string): [start: string, end: string] {
  const [start = '', end = '', ...more] = interval.split('--');
  if (more.length > 0 || !POINT.test(start) || !POINT.test(end)) {
    throw invalidInput(
      'interval must be two ISO 8601 instants with Z or an offset, joined by --.',
      'interval',
    );
  }
  return [start, end];
}

function checkOffsets(ends: readonly string[], zone: string): void {
  for (const end of ends) {
    const ms = Date.parse(end);
    const wall = Date.parse(`${end.replace(/(Z|[+-]\d{2}:\d{2})$/, '')}Z`);
    if (wall - ms !== offsetAt(zone, ms)) {
      throw invalidInput('The offset of interval does not align with granularityTimeZone.', end);
    }
  }
}

function metrics(world: World, bucket: Span, { asked, zone }: { asked: Query; zone: string }) {
  const marketplace = world.seller.marketplaces.find(({ id }) => id === asked.marketplaceIds[0]);
  const { orders, items, units, cents } =
    asked.amazonProgram === undefined
      ? salesIn(world, bucket, filterOf(asked))
      : { orders: 0, items: 0, units: 0, cents: 0 };
  const currencyCode = marketplace?.currency ?? '';
  const average = units === 0 ? 0 : Math.round(cents / units);
  return {
    interval: `${stamp(bucket.from, zone)}--${stamp(bucket.to, zone)}`,
    unitCount: units,
    orderItemCount: items,
    orderCount: orders,
    averageUnitPrice: { amount: decimal(average), currencyCode },
    totalSales: { amount: decimal(cents), currencyCode },
  };
}

function filterOf({
  marketplaceIds,
  buyerType,
  fulfillmentNetwork,
  asin,
  sku,
}: Query): SalesFilter {
  return {
    marketplaceId: marketplaceIds[0] ?? '',
    business: buyerType === 'All' ? undefined : buyerType === 'B2B',
    fulfilledByAmazon: fulfillmentNetwork === undefined ? undefined : fulfillmentNetwork === 'AFN',
    asin,
    sku,
  };
}
