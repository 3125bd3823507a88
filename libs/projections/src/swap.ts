import type { EventStore } from '@recoup/event-store';
import type { PoolClient } from 'pg';
import { tableName, type AnyProjection } from './projection.js';
import { foldPage } from './rebuild-page.js';

export interface Swap {
  readonly store: Pick<EventStore, 'readShard'>;
  readonly projection: AnyProjection;
  readonly next: AnyProjection;
}

/**
 * Folds what came meanwhile while projectors wait, and puts the new table in the place of the old one. Waits so many
 * milliseconds for a lock at most: who reads for long is waited for, and all who come to read wait behind us meanwhile.
 */
export async function swap(
  tx: PoolClient,
  { store, projection, next }: Swap,
  lockMs: number,
): Promise<void> {
  await tx.query(`set local lock_timeout = ${lockMs}`);
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
      from = await foldPage(tx, store, { next, shard, from, head: Number(head) });
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
