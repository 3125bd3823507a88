import type { EventStore } from '@recoup/event-store';
import { messageOf, sleep } from '@recoup/kernel';
import { eventually } from '@recoup/testkit';
import { z } from 'zod';
import { waitUntilSettled } from '../../product/index.js';
import type { Arena } from './arena.js';
import type { BatterRound } from './blow.js';
import type { Books } from './books.js';
import { passTime } from './pass-time.js';
import { prepare, recovered } from './deal.js';
import { PATIENCE_MS } from './patience.js';
import type { Sellers, WatchedSync } from './sellers.js';

/** What all rounds of a battering share. */
export interface Battering {
  readonly arena: Arena;
  readonly store: EventStore;
  readonly sellers: Sellers;
  readonly books: Books;
  /** How many events rounds have appended, each: moments are told by it. */
  readonly usual: number[];
}

/** What came of a round. */
export interface RoundOutcome {
  readonly faults: readonly string[];
  /** From when the cause was gone until everybody was ready, and until nobody had anything left to do, in seconds. */
  readonly readySeconds: number;
  readonly settledSeconds: number;
  /** What is worth telling of how it went. */
  readonly note: string;
}

/** One blow in the middle of the work of sellers, until all work is done, and a look at the books then. */
export async function runRound(battering: Battering, round: BatterRound): Promise<RoundOutcome> {
  const { arena, sellers, books, usual } = battering;
  await passTime(arena, round.passSeconds);
  await using prepared = await prepare(arena, round.blow);
  const before = await eventCount(arena);
  const syncs = [await sellers.sync()];
  if (round.newSeller) {
    await sellers.connect();
    syncs.push(await sellers.syncNewest());
  }
  await moment(battering, { round, before, syncs });
  const goneAt = await prepared.deal();
  const since = (): number => (performance.now() - goneAt) / 1000;
  await recovered(arena);
  const readySeconds = since();
  const faults = (await Promise.all(syncs.map(faultsOf))).flat();
  await waitUntilSettled(arena.product, PATIENCE_MS);
  const settledSeconds = since();
  usual.push((await eventCount(arena)) - before);
  faults.push(...(await books.turn()));
  return { faults, readySeconds, settledSeconds, note: prepared.note() };
}

async function faultsOf(sync: WatchedSync): Promise<readonly string[]> {
  return sync.faults().catch((error: unknown) => [messageOf(error)]);
}

const countSchema = z.array(z.object({ events: z.coerce.number() })).length(1);

async function eventCount({ product }: Arena): Promise<number> {
  const text = 'select coalesce(sum(head), 0) as events from log.shard';
  return countSchema.parse((await product.database.query(text)).rows)[0]?.events ?? 0;
}

/** Waits until the log has grown by the share of what is usual, or the syncs are over. */
async function moment(
  { arena, usual }: Battering,
  { round, before, syncs }: { round: BatterRound; before: number; syncs: readonly WatchedSync[] },
): Promise<void> {
  const { share, laterMs } = round.moment;
  const due = before + share * median(usual);
  await eventually(
    async () => syncs.every(({ isOver }) => isOver) || (await eventCount(arena)) >= due,
    { timeoutMs: PATIENCE_MS, everyMs: 10 },
  );
  await sleep(laterMs);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 40;
}
