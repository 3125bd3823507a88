import { z } from 'zod';
import { pages } from './pages.js';
import type { Caller } from './rate-limiter.js';
import type { SpApiClient } from './sp-api-client.js';

/** The most that Amazon gives on a page. */
const EVENTS_PER_PAGE = 100;

/** An event as it came, and the name of the list that it was in: 34 of them, each with a shape of its own. */
export interface FinancialEvent {
  readonly list: string;
  readonly event: unknown;
}

/**
 * Lists of events by name; those that are not known are read all the same. A member that is neither a list nor called one
 * tells of no events; one that is called a list and is none is not the answer we know.
 */
const eventListsSchema = z
  .record(z.string(), z.unknown())
  .transform((members) =>
    Object.fromEntries(
      Object.entries(members).filter(
        ([name, value]) => name.endsWith('List') || Array.isArray(value),
      ),
    ),
  )
  .pipe(z.record(z.string(), z.array(z.unknown()).nullish()));

export const listFinancialEventsSchema = z.object({
  payload: z.object({
    FinancialEvents: eventListsSchema.nullish(),
    NextToken: z.string().nullish(),
  }),
});

/**
 * Financial events posted in [from, to), page by page, of all the seller's marketplaces; deferred ones only once they are
 * released. For a window of more than 180 days Amazon answers nothing, and no error. It refuses an answer of more than 10 MB
 * as invalid input.
 */
export function listFinancialEvents(
  client: SpApiClient,
  caller: Caller,
  { from, to }: { readonly from: Date; readonly to: Date },
): AsyncGenerator<readonly FinancialEvent[]> {
  return pages(async (NextToken) => {
    const query = {
      PostedAfter: from.toISOString(),
      PostedBefore: to.toISOString(),
      MaxResultsPerPage: String(EVENTS_PER_PAGE),
      NextToken,
    };
    const call = { operation: 'listFinancialEvents', query } as const;
    const { payload } = await client.call(caller, call, listFinancialEventsSchema);
    const rows = Object.entries(payload.FinancialEvents ?? {}).flatMap(([list, events]) =>
      (events ?? []).map((event) => ({ list, event })),
    );
    return { rows, nextToken: payload.NextToken ?? null };
  });
}
