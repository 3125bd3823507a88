import type { RecordedEvent } from '@recoup/contracts';
import { shardOf } from '@recoup/kernel';
import type { Pool } from 'pg';
import { GapInLog } from './errors.js';
import { EVENT_COLUMNS, toEvent, type StoredEvent } from './stored-event.js';

export async function readStream(
  pool: Pool,
  { tenantId, streamId, after }: { tenantId: string; streamId: string; after: number },
): Promise<readonly RecordedEvent[]> {
  const { rows } = await pool.query<StoredEvent>({
    name: 'log-read-stream',
    text: `select ${EVENT_COLUMNS} from log.read_stream($1, $2, $3, $4)`,
    values: [shardOf(tenantId), tenantId, streamId, after],
  });
  return rows.map(toEvent);
}

/** A stretch of a tenant's shard: positions after `after`, up to and with `upTo`, and at most so many events. */
export interface Stretch {
  readonly after: number;
  readonly upTo: number;
  readonly limit: number;
}

export async function readTenant(
  pool: Pool,
  tenantId: string,
  { after, upTo, limit }: Stretch,
): Promise<readonly RecordedEvent[]> {
  const { rows } = await pool.query<StoredEvent>({
    name: 'log-read-tenant',
    text: `select ${EVENT_COLUMNS} from log.read_tenant($1, $2, $3, $4, $5)`,
    values: [shardOf(tenantId), tenantId, after, upTo, limit],
  });
  return rows.map(toEvent);
}

export async function readStreams(
  pool: Pool,
  tenantId: string,
  streamIds: readonly string[],
): Promise<ReadonlyMap<string, readonly RecordedEvent[]>> {
  const { rows } = await pool.query<StoredEvent>({
    name: 'log-read-streams',
    text: `select ${EVENT_COLUMNS} from log.event
      where shard = $1 and stream_id = any ($2) and tenant_id = $3 order by position`,
    values: [shardOf(tenantId), streamIds, tenantId],
  });
  const streams = new Map<string, RecordedEvent[]>();
  for (const event of rows.map(toEvent)) {
    const stream = streams.get(event.streamId);
    if (stream) stream.push(event);
    else streams.set(event.streamId, [event]);
  }
  return streams;
}

/** Positions are dense, so a reader can prove that it lost nothing, and does. */
export async function readShard(
  pool: Pool,
  { shard, after, limit }: { shard: number; after: number; limit: number },
): Promise<readonly RecordedEvent[]> {
  const { rows } = await pool.query<StoredEvent>({
    name: 'log-read-shard',
    text: `select ${EVENT_COLUMNS} from log.event
      where shard = $1 and position > $2 order by position limit $3`,
    values: [shard, after, limit],
  });
  const events = rows.map(toEvent);
  events.forEach((event, index) => {
    if (event.position === after + 1 + index) return;
    throw new GapInLog(`shard ${shard}: ${event.position} follows ${after + index}`);
  });
  return events;
}

export async function reservationOwner(
  pool: Pool,
  tenantId: string,
  key: string,
): Promise<string | null> {
  const { rows } = await pool.query<{ owner: string | null }>({
    name: 'log-reservation-owner',
    text: 'select log.reservation_owner($1, $2) as owner',
    values: [shardOf(tenantId), key],
  });
  return rows[0]?.owner ?? null;
}
