import { z } from 'zod';
import { DAY_MS } from '../../../services/ingestion/src/plan/interval.js';
import { policies } from '../../../services/ingestion/src/plan/resource-policies.js';
import type { BrokenRound } from './broken-sources.js';
import { leftBy, type SyncResult } from './run-fault-round.js';
import { LEASE_SECONDS, openStage, type Stage } from './stage.js';
import { watchTransit } from './transit.js';

interface BrokenResult {
  readonly first: SyncResult;
  /** The sync after Amazon has mended it; its calls are its own. */
  readonly next: SyncResult;
  /** What it read although the first had it for good. */
  readonly readTwice: readonly string[];
}

/** A sync while Amazon refuses resources from the first call on, and the one after it has stopped to. */
export async function runBrokenRound({ sources }: BrokenRound): Promise<BrokenResult> {
  await using stage = await openStage({ leaseSeconds: LEASE_SECONDS });
  for (const { fault } of sources) {
    await stage.amazon.fault({ ...fault, status: 403, times: 'always' });
  }
  await stage.start();
  const first = await resultOf(stage, stage.firstSync, new Map());
  await stage.amazon.heal();
  const nextSync = await stage.request();
  const next = await resultOf(stage, nextSync, first.calls);
  return { first, next, readTwice: await readTwice(stage, nextSync) };
}

async function resultOf(
  stage: Stage,
  syncId: string,
  before: SyncResult['calls'],
): Promise<SyncResult> {
  const transit = watchTransit(() => stage.amazon.struck());
  const startedAt = performance.now();
  const state = await stage.followed(syncId).finally(() => transit.stop());
  const seconds = (performance.now() - startedAt) / 1000;
  const left = await leftBy(stage);
  const calls = new Map(
    [...left.calls].map(([operation, { calls: all, throttled }]) => [
      operation,
      {
        calls: all - (before.get(operation)?.calls ?? 0),
        throttled: throttled - (before.get(operation)?.throttled ?? 0),
      },
    ]),
  );
  return { state, seconds, slowestSeconds: transit.slowest(), kills: 0, ...left, calls };
}

const rowsSchema = z.array(z.object({ what: z.string() }));

/**
 * Windows that reach into what the first sync had closed, and before the time in which records still change: a sync reads
 * the last days before the newest closed window's end again (of orders 3, of the others what their policy says), here with
 * two days more, since windows are cut at whole days.
 */
const READ_TWICE = `
  select format('%s %s from %s to %s', n.resource, n.basis, n.from_at, n.to_at) as what
    from ingestion.sync_window n join ingestion.sync_window f
      on f.tenant_id = n.tenant_id and f.sync_id <> n.sync_id and f.state = 'closed'
        and f.resource = n.resource and f.basis = n.basis and f.scope = n.scope
        and tstzrange(f.from_at, f.to_at) * tstzrange(n.from_at, n.to_at) <> 'empty'
    where n.sync_id = $1 and n.basis <> 'snapshot'
      and n.from_at < interval '-1 day' * (2 + coalesce(($2::jsonb ->> n.resource)::int, 3)) + (
        select max(newest.to_at) from ingestion.sync_window newest
        where (newest.sync_id, newest.state, newest.resource, newest.basis, newest.scope)
          = (f.sync_id, 'closed', f.resource, f.basis, f.scope))`;

/** A month of storage is one report: a look-back that ends in a month takes all of it. */
const BY_MONTHS: ReadonlySet<string> = new Set(['storageFees']);

async function readTwice({ database }: Stage, syncId: string): Promise<string[]> {
  const lookBackDays = Object.fromEntries(
    Object.entries(policies).map(([resource, { lookBackMs }]) => [
      resource,
      lookBackMs / DAY_MS + (BY_MONTHS.has(resource) ? 31 : 0),
    ]),
  );
  const { rows } = await database.query(READ_TWICE, [syncId, JSON.stringify(lookBackDays)]);
  return rowsSchema.parse(rows).map(({ what }) => what);
}
