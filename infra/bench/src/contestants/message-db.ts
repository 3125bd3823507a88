import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Pool } from 'pg';
import { newEvents } from '../payload.js';
import type { BenchServers } from '../workload.js';

const require = createRequire(import.meta.url);
/** Its installation, file by file in the order of its own script; views and privileges change no call. */
const FILES = [
  'schema/message-store',
  'tables/messages',
  'types/message',
  ...['message-store-version', 'hash-64', 'acquire-lock', 'category', 'is-category', 'id'].map(
    (name) => `functions/${name}`,
  ),
  ...['cardinal-id', 'stream-version', 'write-message'].map((name) => `functions/${name}`),
  ...['get-stream-messages', 'get-category-messages'].map((name) => `functions/${name}`),
  ...['messages-id', 'messages-stream', 'messages-category'].map((name) => `indexes/${name}`),
];
const POOL_SIZE = 10;

export interface MessageDb {
  /** Writes to a new stream. Its function takes one message: those of a call go in one statement, so in one transaction. */
  append(stream: string, count: number): Promise<void>;
  /** Answers how many messages the stream has, each parsed. */
  read(stream: string): Promise<number>;
  /** Messages of all streams after a global position, each parsed, and the position of the last. */
  readAll(after: number, limit: number): Promise<{ readonly count: number; readonly last: number }>;
  readonly setup: string;
}

interface Message {
  readonly data: string;
  readonly metadata: string;
  readonly global_position: string;
}

function parsed(rows: readonly Message[]): number {
  return rows.map(({ data, metadata }) => [JSON.parse(data), JSON.parse(metadata)] as unknown)
    .length;
}

/** message-db 1.3 (SQL functions) in a database of its own on the same server, called by prepared statements. */
export async function messageDb(bench: BenchServers): Promise<MessageDb> {
  const connectionString = await bench.emptyDatabase();
  const options = '-c search_path=message_store,public';
  const pool = new Pool({ connectionString, max: POOL_SIZE, options });
  bench.onEnd(() => pool.end());
  const folder = require.resolve('@eventide/message-db/package.json');
  for (const name of FILES) {
    await pool.query(await readFile(new URL(`database/${name}.sql`, `file://${folder}`), 'utf8'));
  }
  return {
    setup: `pool of ${POOL_SIZE}, prepared statements; a lock for each category of streams`,
    async append(stream, count) {
      const events = newEvents(count);
      await pool.query({
        name: 'write-messages',
        text: `select write_message(id, $1, type, data, metadata) from unnest($2::varchar[], $3::varchar[], $4::jsonb[],
          $5::jsonb[]) as message (id, type, data, metadata)`,
        values: [
          stream,
          events.map(({ id }) => id),
          events.map(({ type }) => type),
          events.map(({ data }) => JSON.stringify(data)),
          events.map(({ correlationId, causationId, actor }) =>
            JSON.stringify({ correlationId, causationId, actor }),
          ),
        ],
      });
    },
    async read(stream) {
      const { rows } = await pool.query<Message>({
        name: 'get-stream',
        text: 'select data, metadata, global_position from get_stream_messages($1, 0, -1)',
        values: [stream],
      });
      return parsed(rows);
    },
    async readAll(after, limit) {
      const { rows } = await pool.query<Message>({
        name: 'get-category',
        text: `select data, metadata, global_position from get_category_messages('connection', $1, $2)`,
        values: [after + 1, limit],
      });
      return { count: parsed(rows), last: Number(rows.at(-1)?.global_position ?? after) };
    },
  };
}
