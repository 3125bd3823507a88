import { setMaxListeners } from 'node:events';
import { ALL_SHARDS, backoffMs, sleep } from '@recoup/kernel';
import { Client, type ClientConfig } from 'pg';

/** How often shards that others hold are asked for again, and the lock connection is proven alive, in milliseconds. */
const CHECK_MS = 2000;

/** A server that does not answer for so long has lost us, in milliseconds. */
const SILENT_MS = 10_000;

/**
 * A session that asks nothing for so long is ended by the server, and its locks are free, in milliseconds: its process
 * hangs, or a router has forgotten the connection, and the server would learn of that in hours.
 */
const LOST_MS = 15_000;

export interface OwnershipOptions {
  /** What is owned, such as `relay` or `projector`: the locks of two names never meet. */
  readonly name: string;
  readonly connection: ClientConfig;
  readonly signal: AbortSignal;
  /** Runs while the shard is owned; must end soon after its signal aborts. */
  readonly run: (shard: number, signal: AbortSignal) => Promise<void>;
  readonly onError: (error: unknown) => void;
}

/**
 * Runs one worker per shard across all processes, by advisory locks of one session. The lock is only thrift: two owners
 * for a moment (a session that broke unnoticed) cost work, never correctness, since every checkpoint is moved by
 * compare-and-swap.
 */
export async function ownShards(options: OwnershipOptions): Promise<void> {
  const { signal, onError } = options;
  for (let failures = 0; !signal.aborted; failures += 1) {
    const session = new AbortController();
    setMaxListeners(0, session.signal); // a worker per shard waits on it, in several places
    const stop = (): void => session.abort();
    signal.addEventListener('abort', stop, { once: true });
    const client = new Client({
      ...options.connection,
      keepAlive: true,
      connectionTimeoutMillis: SILENT_MS,
      query_timeout: SILENT_MS,
    });
    client.on('error', stop);
    client.on('end', stop);
    const workers = new Map<number, Promise<void>>();
    try {
      await client.connect();
      await client.query(`set idle_session_timeout = ${LOST_MS}`);
      failures = 0;
      while (!session.signal.aborted) {
        await takeFreeShards({ client, workers, session: session.signal, ...options });
        await sleep(CHECK_MS, session.signal);
      }
    } catch (error) {
      if (!signal.aborted) onError(error);
    }
    session.abort();
    await Promise.all(workers.values());
    await client.end().catch(() => undefined); // frees the locks
    signal.removeEventListener('abort', stop);
    await sleep(backoffMs(failures, { baseMs: 100, capMs: 5000 }), signal);
  }
}

interface Session extends OwnershipOptions {
  readonly client: Client;
  readonly workers: Map<number, Promise<void>>;
  readonly session: AbortSignal;
}

async function takeFreeShards({
  client,
  workers,
  session,
  name,
  run,
  onError,
}: Session): Promise<void> {
  const missing = ALL_SHARDS.filter((shard) => !workers.has(shard));
  const { rows } = await client.query<{ shard: number }>(
    `select shard from unnest($2::int[]) shard where pg_try_advisory_lock(hashtext($1), shard)`,
    [`recoup:${name}`, missing],
  );
  for (const { shard } of rows) {
    // A worker that ends by itself keeps its shard's lock until the session ends; it is not restarted here.
    workers.set(shard, run(shard, session).catch(onError));
  }
}
