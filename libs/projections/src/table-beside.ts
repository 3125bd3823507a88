import { ALL_SHARDS } from '@recoup/kernel';
import type { Pool, PoolClient } from 'pg';
import { tableName, type AnyProjection } from './projection.js';

/** Makes an empty table beside the live one: as it, and for the same roles. What an earlier rebuild left goes first. */
export async function makeBeside(
  tx: PoolClient,
  projection: AnyProjection,
  next: AnyProjection,
): Promise<void> {
  const table = tableName(next);
  await dropBeside(tx, next);
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

/** Forgets a table beside the live one, with what is noted of it. */
export async function dropBeside(db: Pool | PoolClient, next: AnyProjection): Promise<void> {
  const table = tableName(next);
  await db.query(`drop table if exists rm.${table}`);
  await db.query('delete from rm.stuck where projection = $1', [table]);
  await db.query('delete from rm.checkpoint where projection = $1', [table]);
}
