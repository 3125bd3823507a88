import type { NewEvent } from '@recoup/contracts';
import { Coalescer } from '@recoup/kernel';
import { Pool } from 'pg';
import type { BenchServers } from '../workload.js';

/**
 * The upper limit: the same columns and one index, filled by `insert … select unnest`, coalesced as the log's appends are.
 * No order, no versions, no guards, no tenants, nobody told.
 */
export async function rawInsert(bench: BenchServers): Promise<{
  insert: (stream: string, events: readonly NewEvent[]) => Promise<void>;
  setup: string;
}> {
  const max = 4;
  const pool = new Pool({ connectionString: await bench.emptyDatabase(), max });
  bench.onEnd(() => pool.end());
  await pool.query(`create table event (event_id uuid primary key, stream_id text not null, type text not null,
    occurred_at timestamptz not null, meta json not null, data json not null)`);
  const coalescer = new Coalescer<Row[], null>(
    async (batches) => {
      const rows = batches.flat();
      await pool.query({
        name: 'raw-insert',
        text: `insert into event select unnest($1::uuid[]), unnest($2::text[]), unnest($3::text[]),
          unnest($4::timestamptz[]), unnest($5::json[]), unnest($6::json[])`,
        values: [0, 1, 2, 3, 4, 5].map((column) => rows.map((row) => row[column])),
      });
      return batches.map(() => null);
    },
    { maxItems: 500, maxWeight: 2000, lanes: 2, laneWeight: 64 },
  );
  return {
    async insert(stream, events) {
      await coalescer.submit(
        events.map((event) => toRow(stream, event)),
        events.length,
      );
    },
    setup: `pool of ${max} (uses 2), coalescing`,
  };
}

type Row = readonly string[];

function toRow(
  stream: string,
  { id, type, occurredAt, correlationId, causationId, actor, data }: NewEvent,
): Row {
  const meta = JSON.stringify({ correlationId, causationId, actor, traceparent: null });
  return [id, stream, type, occurredAt, meta, JSON.stringify(data)];
}
