import { gunzipSync } from 'node:zlib';
import { sleep } from '@recoup/kernel';
import { Client } from 'pg';
import type { Rate } from '../workload.js';
import { CLIENT, refreshTokenOf } from './simulated-amazon.js';

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

type Row = Record<string, unknown>;

/**
 * What a script would do: fetch page after page and report after report, insert what comes as JSON with one statement a
 * page. No checkpoint, no identity, no second look: the upper limit of one loop over the same answers.
 */
export async function plainLoop(loop: PlainLoop): Promise<Rate> {
  const db = new Client({ connectionString: loop.databaseUrl });
  await db.connect();
  try {
    await db.query('create table if not exists row (source text, data jsonb)');
    const get = caller(loop.origin, await accessToken(loop.origin));
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
      perSecond: loop.orders / seconds,
      note: `${Math.round(stored / seconds)} rows/s, ${stored} rows in ${seconds.toFixed(1)} s`,
    };
  } finally {
    await db.end();
  }
}

async function accessToken(origin: string): Promise<string> {
  const body = new URLSearchParams({
    grant_type: 'refresh_token',
    refresh_token: await refreshTokenOf(origin),
    client_id: CLIENT.LWA_CLIENT_ID,
    client_secret: CLIENT.LWA_CLIENT_SECRET,
  });
  const answer = await fetch(`${origin}/auth/o2/token`, { method: 'POST', body });
  return ((await answer.json()) as { access_token: string }).access_token;
}

type Get = (path: string, body?: Row) => Promise<Row>;

function caller(origin: string, token: string): Get {
  return async (path, body) => {
    const answer = await fetch(origin + path, {
      method: body ? 'POST' : 'GET',
      headers: {
        'x-amz-access-token': token,
        'user-agent': 'plain/1.0 (Language=TypeScript)',
        'content-type': 'application/json',
      },
      body: body ? JSON.stringify(body) : null,
    });
    if (!answer.ok) throw new Error(`${path}: HTTP ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Row;
  };
}

async function* rowsOf(
  get: Get,
  loop: PlainLoop,
  window: PlannedWindow,
): AsyncGenerator<readonly Row[]> {
  if (window.route.startsWith('GET_')) {
    yield* reportRows(get, loop, window);
    return;
  }
  const paged = PAGED[window.route.split('-')[0] ?? ''];
  if (!paged) throw new Error(`the plain loop does not know the route ${window.route}`);
  let token: string | undefined;
  do {
    const answer = await get(`${paged.path}?${paged.query(window, loop, token).toString()}`);
    yield paged.rows(answer);
    token = paged.token(answer) || undefined;
  } while (token !== undefined);
}

interface Paged {
  readonly path: string;
  query(window: PlannedWindow, loop: PlainLoop, token: string | undefined): URLSearchParams;
  rows(answer: Row): readonly Row[];
  token(answer: Row): string | undefined;
}

const given = (values: Record<string, string | undefined>): URLSearchParams =>
  new URLSearchParams(
    Object.entries(values).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
const until = ({ to }: PlannedWindow): string => new Date(to.getTime() - 1).toISOString();

const PAGED: Readonly<Record<string, Paged>> = {
  searchOrders: {
    path: '/orders/2026-01-01/orders',
    query: (window, { marketplaceIds }, paginationToken) =>
      given({
        [window.basis === 'updated' ? 'lastUpdatedAfter' : 'createdAfter']:
          window.from.toISOString(),
        [window.basis === 'updated' ? 'lastUpdatedBefore' : 'createdBefore']: until(window),
        marketplaceIds: marketplaceIds.join(','),
        includedData: 'PROCEEDS,FULFILLMENT,CANCELLATION',
        maxResultsPerPage: '100',
        paginationToken,
      }),
    rows: (answer) => answer['orders'] as Row[],
    token: (answer) => (answer['pagination'] as { nextToken?: string } | undefined)?.nextToken,
  },
  listTransactions: {
    path: '/finances/2024-06-19/transactions',
    query: (window, _, nextToken) =>
      given({
        postedAfter: window.from.toISOString(),
        postedBefore: window.to.toISOString(),
        nextToken,
      }),
    rows: ({ payload }) => (payload as { transactions: Row[] }).transactions,
    token: ({ payload }) => (payload as { nextToken?: string }).nextToken,
  },
  getInventorySummaries: {
    path: '/fba/inventory/v1/summaries',
    query: ({ scope }, _, nextToken) =>
      given({
        details: 'true',
        granularityType: 'Marketplace',
        granularityId: scope,
        marketplaceIds: scope,
        nextToken,
      }),
    rows: ({ payload }) => (payload as { inventorySummaries: Row[] }).inventorySummaries,
    token: (answer) => (answer['pagination'] as { nextToken?: string } | undefined)?.nextToken,
  },
};

/** Rows that one insert carries. */
const PORTION = 1000;

async function* reportRows(
  get: Get,
  { marketplaceIds }: PlainLoop,
  window: PlannedWindow,
): AsyncGenerator<readonly Row[]> {
  const { reportId } = await get('/reports/2021-06-30/reports', {
    reportType: window.route,
    marketplaceIds: window.scope === '' ? marketplaceIds : [window.scope],
    dataStartTime: window.from.toISOString(),
    dataEndTime: window.basis === 'snapshot' ? window.to.toISOString() : until(window),
  });
  for (;;) {
    const report = await get(`/reports/2021-06-30/reports/${String(reportId)}`);
    if (report['processingStatus'] === 'CANCELLED') return;
    if (report['processingStatus'] === 'FATAL') throw new Error(`${window.route} was FATAL`);
    if (report['processingStatus'] === 'DONE') {
      yield* documentRows(get, String(report['reportDocumentId']));
      return;
    }
    await sleep(5);
  }
}

async function* documentRows(get: Get, documentId: string): AsyncGenerator<readonly Row[]> {
  const { url, compressionAlgorithm } = await get(`/reports/2021-06-30/documents/${documentId}`);
  const packed = Buffer.from(await (await fetch(String(url))).arrayBuffer());
  const text = (compressionAlgorithm === 'GZIP' ? gunzipSync(packed) : packed).toString('utf8');
  const [header = '', ...lines] = text.split('\n');
  const names = header.split('\t');
  for (let start = 0; start < lines.length; start += PORTION) {
    yield lines
      .slice(start, start + PORTION)
      .filter((line) => line !== '')
      .map((line) => Object.fromEntries(line.split('\t').map((cell, n) => [names[n] ?? '', cell])));
  }
}
