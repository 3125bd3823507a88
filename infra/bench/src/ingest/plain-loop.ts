import { Client } from 'pg';
import type { Rate } from '../workload.js';
import { plainCaller, type Get, type Row } from './plain-caller.js';
import { pagesOf } from './plain-pages.js';
import { reportRows } from './plain-report.js';

/** A stretch of time of one resource, as the product's plan names it. */
export interface PlannedWindow {
  readonly route: string;
  readonly basis: string;
  readonly scope: string;
  readonly from: Date;
  readonly to: Date;
}

export interface PlainLoop {
  readonly origin: string;
  readonly marketplaceIds: readonly string[];
  readonly windows: readonly PlannedWindow[];
  readonly orders: number;
  readonly databaseUrl: string;
}

/**
 * What a script would do: fetch page after page and report after report, insert what comes as JSON with one statement a
 * page. No checkpoint, no identity, no second look: the upper limit of one loop over the same answers.
 */
export async function plainLoop(loop: PlainLoop): Promise<Rate> {
  const db = new Client({ connectionString: loop.databaseUrl });
  await db.connect();
  try {
    await db.query('create table if not exists row (source text, data jsonb)');
    const get = await plainCaller(loop.origin);
    const insert = async (source: string, rows: readonly Row[]): Promise<number> => {
      const text = 'insert into row select $1, data from jsonb_array_elements($2::jsonb) data';
      if (rows.length > 0)
        await db.query({ name: 'row', text, values: [source, JSON.stringify(rows)] });
      return rows.length;
    };
    const startedAt = performance.now();
    let stored = 0;
    for (const window of loop.windows) {
      for await (const rows of rowsOf(get, loop, window))
        stored += await insert(window.route, rows);
    }
    const seconds = (performance.now() - startedAt) / 1000;
    return {
      figure: loop.orders / seconds,
      note: `${Math.round(stored / seconds)} rows/s, ${stored} rows in ${seconds.toFixed(1)} s`,
    };
  } finally {
    await db.end();
  }
}

function rowsOf(
  get: Get,
  { marketplaceIds }: PlainLoop,
  window: PlannedWindow,
): AsyncGenerator<readonly Row[]> {
  const asked = { window, marketplaceIds };
  return window.route.startsWith('GET_') ? reportRows(get, asked) : pagesOf(get, asked);
}
