import { z } from 'zod';
import type { Transaction } from '../world/transaction.js';
import type { World } from '../world/world.js';
import { ok, type Answer, type Call, type Operation } from '../wire/operation.js';
import { checkMarketplaces, closedBy, instant, parse } from '../wire/query.js';
import { invalidInput } from '../wire/sp-api-error.js';
import { pageOf, placeSchema } from './day-pages.js';
import { daysOfGroup } from './event-groups.js';
import { transactionView } from './transaction-view.js';

/** Amazon documents no page size. */
const PAGE = 100;
const LONGEST_MS = 180 * 86_400_000;

const querySchema = z.strictObject({
  postedAfter: instant.optional(),
  postedBefore: instant.optional(),
  marketplaceId: z.string().optional(),
  transactionStatus: z.enum(['DEFERRED', 'RELEASED', 'DEFERRED_RELEASED']).optional(),
  relatedIdentifierName: z.enum(['ORDER_ID', 'FINANCIAL_EVENT_GROUP_ID']).optional(),
  relatedIdentifierValue: z.string().optional(),
  nextToken: z.string().optional(),
});
type Query = z.infer<typeof querySchema>;
const cursorSchema = z.object({ place: placeSchema, to: z.number() });

interface Window {
  /** Included. */
  readonly from: number;
  /** Not included: "posted before (but not on) this date". */
  readonly to: number;
}

export const listTransactions: Operation = {
  name: 'listTransactions',
  method: 'GET',
  path: '/finances/2024-06-19/transactions',
  handle,
};

function handle({ deps, operation, sellerId, world, nowMs, query }: Call): Answer {
  const { nextToken, ...others } = query;
  const asked = parse(querySchema, query);
  checkMarketplaces(asked.marketplaceId === undefined ? [] : [asked.marketplaceId], world.seller);
  const about = { operation, sellerId, query: others, nowMs };
  const cursor =
    typeof nextToken === 'string' ? deps.pages.read(nextToken, about, cursorSchema) : undefined;
  const window = windowOf(asked, nowMs, cursor?.to);
  // Not an error, and easily mistaken for a year without business.
  const tooLong = asked.postedAfter !== undefined && window.to - window.from > LONGEST_MS;
  if (tooLong) return ok({ payload: { transactions: [] } });
  const { items, next } = pageOf({
    read: (day) => world.transactions.postedOn(day),
    keep: (one) => one.postedMs >= window.from && one.postedMs < window.to && matches(asked, one),
    ...daysOf(asked, window, world),
    start: cursor?.place,
    limit: PAGE,
  });
  const dayOf = ({ postedMs }: Transaction) => world.calendar.dayOf(postedMs);
  return ok({
    payload: {
      ...(next ? { nextToken: deps.pages.issue(about, { place: next, to: window.to }) } : {}),
      transactions: items.map((one) => transactionView(one, world.seller, dayOf(one))),
    },
  });
}

function windowOf(asked: Query, nowMs: number, until: number | undefined): Window {
  const { postedAfter, postedBefore, relatedIdentifierName, relatedIdentifierValue } = asked;
  if ((relatedIdentifierName === undefined) !== (relatedIdentifierValue === undefined)) {
    throw invalidInput('A related identifier needs both its name and its value.');
  }
  const to = until ?? closedBy('postedBefore', postedBefore, nowMs);
  if (postedAfter === undefined) {
    if (relatedIdentifierName === undefined) throw invalidInput('Start date cannot be null');
    // Without a start the identifier alone limits the answer, not the length of a window.
    return { from: Number.NEGATIVE_INFINITY, to };
  }
  closedBy('postedAfter', postedAfter, nowMs);
  if (to <= postedAfter) throw invalidInput('postedBefore must be later than postedAfter.');
  return { from: postedAfter, to };
}

function daysOf(asked: Query, window: Window, world: World): { from: number; to: number } {
  const from = Math.max(0, world.calendar.dayOf(window.from));
  const to = world.calendar.dayOf(window.to);
  const { relatedIdentifierName: name, relatedIdentifierValue: value = '' } = asked;
  if (name === undefined) return { from, to };
  const days =
    name === 'ORDER_ID' ? daysOfOrder(world, value) : daysOfGroup(world.seller.id, value);
  return days
    ? { from: Math.max(from, days.from), to: Math.min(to, days.to) }
    : { from: world.calendar.days, to: 0 };
}

/** An order's transactions all lie within seven weeks of it: shipment, release, refund, payment for a return. */
function daysOfOrder(world: World, orderId: string): { from: number; to: number } | undefined {
  const order = world.book.find(orderId);
  if (!order) return undefined;
  const day = world.calendar.dayOf(order.createdMs);
  return { from: day, to: day + 49 };
}

function matches(asked: Query, transaction: Transaction): boolean {
  const { marketplaceId, transactionStatus } = asked;
  if (marketplaceId !== undefined && marketplaceId !== transaction.marketplace.id) return false;
  if (transactionStatus !== undefined && transactionStatus !== transaction.status) return false;
  return (
    asked.relatedIdentifierName !== 'ORDER_ID' ||
    transaction.identifiers.some(({ value }) => value === asked.relatedIdentifierValue)
  );
}
