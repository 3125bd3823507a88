import { openRecording, type FactData, type GivenFact } from '@recoup/facts';
import { createDatabase } from '@recoup/testkit';
import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UnexpectedAnswer } from '../amazon/errors.js';
import type { KnownWindow } from '../jobs/windows.js';
import type { FactSink, Source } from '../sources/source.js';
import { readSource, type ReadSource } from './read-source.js';
import { SourceFailed } from './source-failed.js';

const TENANT = 'tenant-torn';

let database: Awaited<ReturnType<typeof createDatabase>>;
let pool: Pool;

beforeAll(async () => {
  database = await createDatabase();
  pool = new Pool({ connectionString: database.urlOf('recoup_ingestion_follow') });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

async function staged(): Promise<number | undefined> {
  const query = 'select count(*)::int as facts from facts.staged where tenant_id = $1';
  return (await pool.query<{ facts: number }>(query, [TENANT])).rows[0]?.facts;
}

/** More facts than a recording keeps in memory. */
const many = Array.from({ length: 5000 }, (_, n): GivenFact<'order'> => ({
  data: { orderId: `111-${n}`, status: 'SHIPPED' } as FactData['order'],
  raw: null,
}));

/** Reads one window of orders in this way. */
function read(how: (sink: FactSink) => Promise<void>): Promise<void> {
  const source: Partial<Source> = {
    resource: 'orders',
    route: 'test',
    counts: 'order',
    concurrency: 1,
    read: (_context, _window, sink) => how(sink),
  };
  const { signal } = new AbortController();
  const reading: Partial<Record<keyof ReadSource, unknown>> = {
    pool,
    buyers: {},
    job: { tenantId: TENANT, syncId: 'sync-torn' },
    source,
    openRecording,
    context: { caller: { signal } },
    open: [{ nth: 0, to: new Date() } satisfies Partial<KnownWindow>],
  };
  return readSource(reading as unknown as ReadSource);
}

describe('a window that cannot be read to its end', () => {
  it('then nothing is left of what it put aside', async () => {
    let aside: number | undefined;
    const torn = read(async (sink) => {
      await sink.write('order', many);
      aside = await staged();
      throw new UnexpectedAnswer('no page as we know it');
    });
    await expect(torn).rejects.toBeInstanceOf(SourceFailed);
    expect(aside).toBeGreaterThan(0);
    expect(await staged()).toBe(0);
  });
});
