import { once } from 'node:events';
import { ALL_SHARDS } from '@recoup/kernel';
import { createDatabase, eventually } from '@recoup/testkit';
import { expect, it } from 'vitest';
import { ownShards } from './shard-ownership.js';
import { openSilentDoor } from './testing/silent-door.js';

interface Owner extends AsyncDisposable {
  /** The shards whose workers run now. */
  readonly owned: ReadonlySet<number>;
}

function startOwner(connectionString: string): Owner {
  const owned = new Set<number>();
  const over = new AbortController();
  const owning = ownShards({
    name: 'silence',
    connection: { connectionString },
    signal: over.signal,
    async run(shard, signal) {
      owned.add(shard);
      if (!signal.aborted) await once(signal, 'abort');
      owned.delete(shard);
    },
    onError: () => undefined,
  });
  return {
    owned,
    async [Symbol.asyncDispose]() {
      over.abort();
      await owning;
    },
  };
}

const LONG = { timeoutMs: 120_000 };

it('given an owner whose connection falls silent, then another has its shards, and the first knows that it has not', async () => {
  await using database = await createDatabase();
  const url = database.urlOf('recoup_ingestion_follow');
  await using door = await openSilentDoor(url);
  await using first = startOwner(door.url);
  await eventually(() => first.owned.size === ALL_SHARDS.length, LONG);
  await using second = startOwner(url);
  door.silence();
  await eventually(() => second.owned.size === ALL_SHARDS.length, LONG);
  await eventually(() => first.owned.size === 0, LONG);
  expect([...second.owned].sort((a, b) => a - b)).toEqual([...ALL_SHARDS]);
});
