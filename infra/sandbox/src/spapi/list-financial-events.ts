import { z } from 'zod';
import type { Transaction } from '../world/transaction.js';
import { ok, type Answer, type Call, type Operation } from '../wire/operation.js';
import { closedBy, instant, parse, wholeNumber } from '../wire/query.js';
import { invalidInput } from '../wire/sp-api-error.js';
import { pageOf, placeSchema } from './day-pages.js';
import { EVENT_LISTS } from './financial-event-lists.js';
import { financialEventView, type FinancialEventView } from './financial-event-view.js';

const LONGEST_MS = 180 * 86_400_000;

const querySchema = z.strictObject({
  PostedAfter: instant.optional(),
  PostedBefore: instant.optional(),
  MaxResultsPerPage: wholeNumber(1, 100).default(100),
  NextToken: z.string().optional(),
});
const cursorSchema = z.object({ place: placeSchema, to: z.number() });

export const listFinancialEvents: Operation = {
  name: 'listFinancialEvents',
  method: 'GET',
  path: '/finances/v0/financialEvents',
  handle,
};

function handle({ deps, operation, sellerId, world, nowMs, query }: Call): Answer {
  const { NextToken, ...others } = query;
  const asked = parse(querySchema, query);
  // Amazon does not say what it answers without a start; nobody can mean all there ever was.
  if (asked.PostedAfter === undefined) throw invalidInput('Start date cannot be null');
  const about = { operation, sellerId, query: others, nowMs };
  const cursor =
    typeof NextToken === 'string' ? deps.pages.read(NextToken, about, cursorSchema) : undefined;
  closedBy('PostedAfter', asked.PostedAfter, nowMs);
  const from = asked.PostedAfter;
  const to = cursor?.to ?? closedBy('PostedBefore', asked.PostedBefore, nowMs);
  if (to <= from) throw invalidInput('PostedBefore must be later than PostedAfter.');
  // Not an error, and easily mistaken for a year without business.
  if (to - from > LONGEST_MS) return ok({ payload: { FinancialEvents: listsOf([]) } });
  const { items, next } = pageOf({
    read: (day) => world.transactions.postedOn(day),
    keep: (one) => one.postedMs >= from && one.postedMs < to && isShown(one),
    from: Math.max(0, world.calendar.dayOf(from)),
    to: world.calendar.dayOf(to),
    start: cursor?.place,
    limit: asked.MaxResultsPerPage,
  });
  const body = {
    payload: {
      ...(next ? { NextToken: deps.pages.issue(about, { place: next, to }) } : {}),
      FinancialEvents: listsOf(items.map(financialEventView)),
    },
  };
  if (JSON.stringify(body).length > deps.config.SANDBOX_FINANCES_BYTES) {
    throw invalidInput('The response exceeds the maximum size.');
  }
  return ok(body);
}

/** Money that is held is not shown before it is released, and then as if it had been posted at that time. */
function isShown({ status }: Transaction): boolean {
  return status === 'RELEASED';
}

function listsOf(events: readonly FinancialEventView[]): object {
  return Object.fromEntries(
    EVENT_LISTS.map((name) => [
      name,
      events.filter(({ list }) => list === name).map(({ event }) => event),
    ]),
  );
}
