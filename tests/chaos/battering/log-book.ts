import { createHash } from 'node:crypto';
import type { RecordedEvent } from '@recoup/contracts';
import type { EventStore } from '@recoup/event-store';
import { ALL_SHARDS } from '@recoup/kernel';
import { freedKey, onceKey } from './once.js';

/** What the log came to say since it was looked at last, and what is wrong with it. */
export interface Page {
  readonly events: readonly RecordedEvent[];
  readonly faults: readonly string[];
}

/** The log as somebody keeps it who reads every event once: what is there can never go away or change unseen. */
export interface LogBook {
  /** The events that came since the last page, in the order of each shard. */
  turn(): Promise<Page>;
  /** Reads everything again and compares: what was there must be there, and the same. */
  compare(): Promise<readonly string[]>;
  /** The digest of the event at a place; undefined for one that was not read. */
  at(shard: number, position: number): string | undefined;
  head(shard: number): number;
  readonly size: number;
}

const BATCH = 5000;

export function openLogBook(store: EventStore): LogBook {
  const shards = new Map<number, string[]>(ALL_SHARDS.map((shard) => [shard, []]));
  const ids = new Set<string>();
  const versions = new Map<string, number>();
  const said = new Set<string>();

  const note = (event: RecordedEvent, digests: string[]): string[] => {
    const faults: string[] = [];
    const place = `${event.shard}-${event.position} (${event.type})`;
    if (event.position !== digests.length + 1)
      faults.push(`${place} follows ${digests.length} of its shard`);
    const version = (versions.get(event.streamId) ?? 0) + 1;
    if (event.streamVersion !== version)
      faults.push(
        `${place} is version ${event.streamVersion} of ${event.streamId}, not ${version}`,
      );
    versions.set(event.streamId, event.streamVersion);
    if (ids.has(event.id)) faults.push(`${place} has the id of another event`);
    ids.add(event.id);
    const key = onceKey(event);
    if (key !== null && said.has(key)) faults.push(`${place} says again: ${key}`);
    if (key !== null) said.add(key);
    const freed = freedKey(event);
    if (freed !== null) said.delete(freed);
    digests.push(digestOf(event));
    return faults;
  };

  return {
    async turn() {
      const events: RecordedEvent[] = [];
      const faults: string[] = [];
      for (const [shard, digests] of shards) {
        for (;;) {
          const more = await store.readShard(shard, digests.length, BATCH);
          for (const event of more) faults.push(...note(event, digests));
          events.push(...more);
          if (more.length < BATCH) break;
        }
      }
      return { events, faults };
    },
    async compare() {
      const faults: string[] = [];
      for (const [shard, digests] of shards) {
        for (let after = 0; after < digests.length; after += BATCH) {
          const events = await store.readShard(shard, after, BATCH);
          const known = digests.slice(after, after + BATCH);
          const wrong = known.findIndex((digest, nth) => {
            const event = events[nth];
            return event === undefined || digestOf(event) !== digest;
          });
          if (wrong !== -1) faults.push(`${shard}-${after + wrong + 1} is gone or changed`);
        }
      }
      return faults;
    },
    at: (shard, position) => shards.get(shard)?.[position - 1],
    head: (shard) => shards.get(shard)?.length ?? 0,
    get size() {
      return ids.size;
    },
  };
}

/** Two events of one digest are the same event with the same content. */
export function digestOf({ id, streamId, streamVersion, type, data }: RecordedEvent): string {
  const text = JSON.stringify([id, streamId, streamVersion, type, sorted(data)]);
  return createHash('sha256').update(text).digest('base64url');
}

/** Keys in one order: Postgres keeps its own for jsonb, the wire that of whoever wrote. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
