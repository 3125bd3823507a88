import type { AllocationLine, SourceRef, SyncResource } from '@recoup/contracts';
import type { MarketplaceRow } from '@recoup/domain';
import { dayIn } from '@recoup/kernel';
import type { Context } from '../context.js';
import { NOTHING, together, type Detected, type OrderDetector } from '../detector.js';
import type { CustomerReturn, OrderFacts } from '../facts.js';
import { judge, type Draft } from '../judge.js';
import { postOrderValue } from '../value/post-order-value.js';
import type { OrderLoss, OrderLossKind } from './order-allocation.js';
import { orderBookOf } from './order-losses.js';
import { subjectOf } from './order-subject.js';

/** Without any of these nothing can be said of a unit of an order: what was sold, given back, came back, was paid. */
export const ORDER_SOURCES: readonly SyncResource[] = [
  ...(['orders', 'transactions', 'returns', 'replacements', 'reimbursements'] as const),
];

/** A detector of the losses of orders that are of some kinds. */
export function orderDetector(
  subtype: OrderDetector['subtype'],
  kinds: readonly OrderLossKind[],
  more: readonly SyncResource[] = [],
): OrderDetector {
  const detector: OrderDetector = {
    subtype,
    of: 'order',
    needs: [...ORDER_SOURCES, ...more],
    detect: (facts, context) => {
      const { marketplace, losses } = orderBookOf(facts, context);
      const open = losses.filter(({ kind, left }) => kinds.includes(kind) && left > 0);
      if (!marketplace) return NOTHING;
      const claims = groupsOf(open, marketplace).map((group) =>
        claimOf(group, { facts, context, detector, marketplace }),
      );
      return together(claims);
    },
  };
  return detector;
}

/** Losses of one line and kind that began on one day: one claim. */
interface Group {
  readonly first: OrderLoss;
  readonly losses: readonly OrderLoss[];
  readonly startDay: string;
}

function groupsOf(losses: readonly OrderLoss[], marketplace: MarketplaceRow): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const loss of losses) {
    const startDay = startDayOf(loss, marketplace);
    const key = JSON.stringify([loss.line.sku, loss.kind, startDay]);
    const group = groups.get(key) ?? { first: loss, losses: [], startDay };
    groups.set(key, { ...group, losses: [...group.losses, loss] });
  }
  return [...groups.values()];
}

/** Windows count from what the buyer was given; of what a carrier damaged on its way back, from the return. */
function startDayOf({ kind, compensation, returned }: OrderLoss, at: MarketplaceRow): string {
  if (kind !== 'return_damaged_by_carrier' || !returned) return compensation.day;
  return returnDay(returned, at);
}

function returnDay({ data }: CustomerReturn, { timeZone }: MarketplaceRow): string {
  return dayIn(timeZone, new Date(data.returnedAt));
}

interface Look {
  readonly facts: OrderFacts;
  readonly context: Context;
  readonly detector: OrderDetector;
  readonly marketplace: MarketplaceRow;
}

function claimOf({ first, losses, startDay }: Group, look: Look): Detected {
  const { facts, context, detector, marketplace } = look;
  const { line, kind, returned } = first;
  const quantity = sumOf(losses.map(({ left }) => left));
  const value = postOrderValue(line.sale, { units: quantity, day: startDay });
  if (!value) return NOTHING;
  const carrier = kind === 'return_damaged_by_carrier';
  const draft: Draft = {
    marketplace,
    anchor: [facts.orderId, line.sku, startDay, ...(carrier ? [kind] : [])],
    subject: {
      ...subjectOf(line, facts, context),
      facility: returned?.data.fulfillmentCenter ?? null,
    },
    ...(carrier ? { variant: 'carrier' } : {}),
    startDay,
    statedByAmazon: false,
    quantity,
    value,
    features: featuresOf(losses, quantity),
    allocation: linesOf(losses, { startDay, marketplace }),
    sources: sourcesOf(losses),
  };
  return judge(draft, detector, context);
}

/** Kinds of which Amazon's own words say who is to blame: a disposition, a reason of a replacement or payment. */
const STATED: ReadonlySet<OrderLossKind> = new Set([
  ...(['return_damaged', 'return_damaged_by_carrier', 'lost_outbound'] as const),
]);

function featuresOf(losses: readonly OrderLoss[], quantity: number): Draft['features'] {
  const units = sumOf(losses.map((loss) => loss.units));
  const stated = losses.some(({ kind }) => STATED.has(kind));
  return {
    exact_match: 1,
    stated_by_amazon: stated ? 1 : 0,
    settled_share: (units - quantity) / units,
    noise: losses.some(({ line }) => line.doubtful) ? 1 : 0,
    one_centre: losses.every(({ returned }) => returned !== null) ? 1 : 0,
  };
}

interface At {
  readonly startDay: string;
  readonly marketplace: MarketplaceRow;
}

/** What opened the claim, then what came back of it and what was paid: the first, less the others, is what is claimed. */
function linesOf(losses: readonly OrderLoss[], { startDay, marketplace }: At): AllocationLine[] {
  const paid = losses.flatMap((loss) =>
    loss.paid.map(({ row: { payment, day }, units }) => ({
      ...{ kind: 'reimbursed' as const, quantity: units, reference: payment.data.reimbursementId },
      ...{ day, facility: null },
    })),
  );
  const came = (row: CustomerReturn, quantity: number): AllocationLine => ({
    ...{ kind: 'returned', day: returnDay(row, marketplace), quantity },
    reference: row.data.licensePlateNumber ?? row.data.orderId,
    facility: row.data.fulfillmentCenter,
  });
  const asLosses = losses.flatMap((loss) =>
    loss.returned ? [{ ...loss, row: loss.returned }] : [],
  );
  if (asLosses.length > 0) return [...asLosses.map(({ row, units }) => came(row, units)), ...paid];
  const opening = losses.map(({ compensation }) => compensation);
  const kind = opening[0]?.kind === 'refunded' ? 'refunded' : 'replaced';
  const quantity = sumOf(opening.map(({ units }) => units));
  const reference = opening[0]?.reference ?? '';
  const back = losses.flatMap(({ returns }) => returns.map(({ row, units }) => came(row, units)));
  return [{ kind, day: startDay, quantity, reference, facility: null }, ...back, ...paid];
}

function sourcesOf(losses: readonly OrderLoss[]): SourceRef[] {
  const refs = losses.flatMap(({ compensation, returns, paid }) => [
    compensation.source,
    ...returns.map(({ row }) => ({ kind: 'customerReturn', key: row.key })),
    ...paid.map(({ row }) => ({ kind: 'reimbursement', key: row.payment.key })),
  ]);
  return [...new Map(refs.map((ref) => [ref.key, ref])).values()];
}

function sumOf(units: readonly number[]): number {
  return units.reduce((sum, one) => sum + one, 0);
}
