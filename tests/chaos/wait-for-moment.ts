import { sleep } from '@recoup/kernel';
import { eventually } from '@recoup/testkit';
import { z } from 'zod';
import type { Product } from '../product/index.js';
import type { Moment } from './round.js';
import type { SellerSession } from './seller-session.js';

/** How many events of each type an undisturbed run has. */
export type EventCounts = ReadonlyMap<string, number>;

const countsSchema = z.array(z.object({ type: z.string(), events: z.int() }));

export async function eventCounts({ database }: Pick<Product, 'database'>): Promise<EventCounts> {
  const text = 'select type, count(*)::int as events from log.event group by type';
  const counts = countsSchema.parse((await database.query(text)).rows);
  return new Map(counts.map(({ type, events }) => [type, events]));
}

/** Far more than any undisturbed sync takes, in milliseconds. */
const NEVER_MS = 120_000;

/** Waits until a blow is due. */
export async function waitForMoment(
  moment: Moment,
  { product, session, usual }: { product: Product; session: SellerSession; usual: EventCounts },
): Promise<void> {
  const look = { timeoutMs: NEVER_MS, everyMs: 5 };
  if (moment.in === 'sync') {
    await eventually(() => (session.frames.at(-1)?.progress ?? -1) >= moment.progress, look);
  } else {
    const wanted = Math.max(1, Math.round((usual.get(moment.event) ?? 0) * moment.share));
    await eventually(
      async () => ((await eventCounts(product)).get(moment.event) ?? 0) >= wanted,
      look,
    );
  }
  await sleep(moment.laterMs);
}
