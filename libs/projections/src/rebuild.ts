import { inTransaction, type EventStore } from '@recoup/event-store';
import { ALL_SHARDS } from '@recoup/kernel';
import type { Pool, PoolClient } from 'pg';
import { applyEvents } from './apply.js';
import { loadCheckpoint, moveCheckpoint } from './checkpoint.js';
import { tableName, type AnyProjection } from './projection.js';

export interface Rebuild {
  /** Of the role that owns the tables: projectors may not make any. */
  readonly pool: Pool;
  readonly store: Pick<EventStore, 'readShard'>;
  readonly projection: AnyProjection;
  /** Told after every page: events folded so far of those that there were at the start. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** Events per transaction. */
const PAGE = 500;

/**
 * Folds a projection anew from the log into a table beside the live one, and puts it in its place in one transaction:
 * readers see all of the old rows or all of the new ones. Projectors go on meanwhile, and wait for that transaction only.
 * Rows that were stuck are stuck no longer, unless folding them fails again. Begun again, it starts from the beginning.
 */
export async function rebuildProjection(rebuild: Rebuild): Promise<void> {
  const { pool, projection } = rebuild;
  const next = { ...projection, beside: true };
  await inTransaction(pool, (tx) => makeBeside(tx, projection, next));
  const heads = new Map<number, number>();
  for (const shard of ALL_SHARDS) heads.set(shard, await loadCheckpoint(pool, projection, shard));
  const total = [...heads.values()].reduce((sum, head) => sum + head, 0);
  let done = 0;
  for (const [shard, head] of heads) {
    for (let from = 0; from < head;) {
      const to = await inTransaction(pool, (tx) =>
        foldPage(tx, rebuild, { next, shard, from, head }),
      );
      done += to - from;
      from = to;
      rebuild.onProgress?.(done, total);
    }
  }
  await inTransaction(pool, (tx) => swap(tx, rebuild, next));
}

interface Page {
  readonly next: AnyProjection;
  readonly shard: number;
  readonly from: number;
  readonly head: number;
}

/** Folds a page of a shard up to a position at most, and answers how far it came. */
async function foldPage(
  tx: PoolClient,
  { store }: Rebuild,
  { next, shard, from, head }: Page,
): Promise<number> {
  const events = await store.readShard(shard, from, Math.min(PAGE, head - from));
  const to = events.at(-1)?.position;
  if (to === undefined) throw new Error(`the log of shard ${shard} ends before ${head}`);
  await applyEvents(tx, next, events);
  await moveCheckpoint(tx, next, { shard, from, to });
  return to;
}

async function makeBeside(
  tx: PoolClient,
  projection: AnyProjection,
  next: AnyProjection,
): Promise<void> {
  const table = tableName(next);
  await tx.query(`drop table if exists rm.${table}`);
  await tx.query('delete from rm.stuck where projection = $1', [table]);
  await tx.query('delete from rm.checkpoint where projection = $1', [table]);
  await tx.query(`create table rm.${table} (like rm.${tableName(projection)} including all)`);
  await tx.query(`alter table rm.${table} enable row level security`);
  await tx.query(
    `create policy projector on rm.${table} to recoup_gateway_follow using (true) with check (true)`,
  );
  await tx.query(`create policy tenant_reads_own on rm.${table} for select to recoup_tenant
    using (tenant_id = current_setting('app.tenant_id', true))`);
  await tx.query(`grant select, insert, update, delete on rm.${table} to recoup_gateway_follow`);
  await tx.query(`grant select on rm.${table} to recoup_tenant`);
  await tx.query(
    'insert into rm.checkpoint (projection, shard) select $1, unnest($2::smallint[])',
    [table, [...ALL_SHARDS]],
  );
}

/** Folds what came meanwhile while projectors wait, and puts the new table in the place of the old one. */
async function swap(tx: PoolClient, rebuild: Rebuild, next: AnyProjection): Promise<void> {
  const { projection } = rebuild;
  const [live, beside] = [tableName(projection), tableName(next)];
  // Before anything else, as projectors do: whoever holds one of these rows is waited for, and holds nothing of ours.
  const { rows } = await tx.query<{ shard: number; head: string; place: string }>(
    `select c.shard, c.position as head, n.position as place
     from rm.checkpoint c join rm.checkpoint n on n.projection = $2 and n.shard = c.shard
     where c.projection = $1 order by c.shard for update of c`,
    [live, beside],
  );
  for (const { shard, head, place } of rows) {
    for (let from = Number(place); from < Number(head);) {
      from = await foldPage(tx, rebuild, { next, shard, from, head: Number(head) });
    }
  }
  // The view before its table, as readers do: the other way round, each side waits for what the other holds.
  await tx.query(`lock table rm.${projection.name} in access exclusive mode`);
  const names = await indexNames(tx, live, beside);
  const view = await tx.query<{ text: string }>('select pg_get_viewdef($1::regclass) as text', [
    `rm.${projection.name}`,
  ]);
  await tx.query(`alter table rm.${live} rename to ${live}_old`);
  await tx.query(`alter table rm.${beside} rename to ${live}`);
  await tx.query(
    `create or replace view rm.${projection.name} with (security_invoker = true) as ${view.rows[0]?.text}`,
  );
  await tx.query(`drop table rm.${live}_old`);
  for (const [now, then] of names) await tx.query(`alter index rm."${now}" rename to "${then}"`);
  await tx.query('delete from rm.checkpoint where projection = $1', [beside]);
  await tx.query('delete from rm.stuck where projection = $1', [live]);
  await tx.query('update rm.stuck set projection = $2 where projection = $1', [beside, live]);
}

/** What each index beside is to be called: as the live one that is made alike. */
async function indexNames(
  tx: PoolClient,
  live: string,
  beside: string,
): Promise<readonly (readonly [now: string, then: string])[]> {
  const { rows } = await tx.query<{ now: string; old: string }>(
    `select n.indexname as now, l.indexname as old from pg_indexes n join pg_indexes l
       on l.schemaname = 'rm' and l.tablename = $1
       and split_part(l.indexdef, ' USING ', 2) = split_part(n.indexdef, ' USING ', 2)
       and l.indexdef like 'CREATE UNIQUE%' = (n.indexdef like 'CREATE UNIQUE%')
     where n.schemaname = 'rm' and n.tablename = $2`,
    [live, beside],
  );
  return rows.map(({ now, old }) => [now, old]);
}
