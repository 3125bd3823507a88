import { ownShards } from '@recoup/event-store';
import type { ClientConfig } from 'pg';
import { relayShard, type RelayDependencies } from './relay-shard.js';

/**
 * Relays every shard whose lock this process gets, until the signal aborts. Every service runs one; together they relay
 * each shard once, and any of them can be missing.
 */
export function runRelay(
  deps: RelayDependencies,
  { connection, signal }: { connection: ClientConfig; signal: AbortSignal },
): Promise<void> {
  return ownShards({
    name: 'relay',
    connection,
    signal,
    run: (shard, owned) => relayShard(deps, shard, owned),
    onError: deps.onError,
  });
}
