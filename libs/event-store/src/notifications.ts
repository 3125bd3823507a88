import { backoffMs, sleep } from '@recoup/kernel';
import { Client, type ClientConfig } from 'pg';

/** How long a reader sleeps when nothing wakes it: the safety net behind NOTIFY, in milliseconds. */
const POLL_MS = 1000;

/** One reader's view of a shard. Each reader has its own, so that none eats another's wake-up. */
export interface ShardWatch {
  /** Resolves when something may have been appended since the last call, or after about a second. */
  next(signal?: AbortSignal): Promise<void>;
}

/**
 * Wakes readers of a shard when something was appended to it. Listening is an optimisation: while the connection is
 * down, readers poll, and nothing throws.
 */
export interface LogNotifications extends AsyncDisposable {
  watch(shard: number): ShardWatch;
}

/** Opens one listening connection of its own (never from a pool, never through a transaction pooler). */
export function listenToLog(config: ClientConfig): LogNotifications {
  const watches = new Map<number, Set<WeakRef<Watch>>>();
  const stop = new AbortController();
  const running = keepListening(config, stop.signal, (shard) => {
    for (const ref of watches.get(shard) ?? []) {
      const watch = ref.deref();
      if (watch) watch.wake();
      else watches.get(shard)?.delete(ref);
    }
  });

  return {
    watch(shard) {
      const watch = new Watch();
      const known = watches.get(shard) ?? new Set();
      // Weakly: a reader that went away (an SSE stream, a lost shard) leaves nothing behind.
      watches.set(shard, known.add(new WeakRef(watch)));
      return watch;
    },
    async [Symbol.asyncDispose]() {
      stop.abort();
      await running;
    },
  };
}

class Watch implements ShardWatch {
  /** Set by a wake-up that met nobody asleep, so that an append between two looks is not missed. */
  #pending = false;
  #sleeper: (() => void) | null = null;

  wake(): void {
    if (this.#sleeper) this.#sleeper();
    else this.#pending = true;
  }

  async next(signal?: AbortSignal): Promise<void> {
    if (!this.#pending && !signal?.aborted) await this.#sleep(signal);
    this.#pending = false;
  }

  #sleep(signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#sleeper = null;
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, POLL_MS * (0.8 + Math.random() * 0.4));
      this.#sleeper = done;
      signal?.addEventListener('abort', done, { once: true });
    });
  }
}

/** A listener asks nothing: that its server is gone it learns from the kernel alone, in milliseconds. */
const SILENCE = { keepAliveInitialDelayMillis: 10_000, connectionTimeoutMillis: 10_000 } as const;

async function keepListening(
  config: ClientConfig,
  signal: AbortSignal,
  onShard: (shard: number) => void,
): Promise<void> {
  const aborted = new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  for (let failures = 0; !signal.aborted; failures += 1) {
    const client = new Client({ ...config, keepAlive: true, ...SILENCE });
    const ended = new Promise<void>((resolve) => {
      client.once('end', () => resolve());
      client.once('error', () => resolve());
    });
    try {
      await client.connect();
      client.on('notification', ({ payload = '' }) =>
        payload.split(',').map(Number).forEach(onShard),
      );
      await client.query('listen recoup_log');
      failures = 0;
      await Promise.race([ended, aborted]);
    } catch {
      // Not reachable: readers poll meanwhile.
    }
    await client.end().catch(() => undefined);
    await sleep(backoffMs(failures, { baseMs: 200, capMs: 5000 }), signal);
  }
}
