import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { claimSubtypeSchema, isOfOrder, moneySchema } from '@recoup/contracts';
import type {
  CustomerReturnFact,
  LedgerFact,
  ReimbursementFact,
  ReplacementFact,
  TransactionFact,
} from '@recoup/contracts';
import { eventually, spawnService } from '@recoup/testkit';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { readCredits } from './sandbox-credits.js';
import { transactionFact, transactionsPageSchema } from './transaction-fact.js';
import {
  ledgerFact,
  reimbursementFact,
  replacementFact,
  returnFact,
  type Row,
} from './sandbox-rows.js';

const truthSchema = z.object({
  anchorDay: z.string(),
  asOf: z.iso.datetime(),
  claims: z.array(
    z.object({
      subtype: claimSubtypeSchema,
      fnsku: z.string(),
      units: z.int(),
      lossDay: z.string(),
      referenceIds: z.array(z.string()),
      unitValue: moneySchema.nullable(),
      cause: z.string(),
      orderId: z.string().optional(),
    }),
  ),
  lookAlikes: z.array(
    z.object({
      fnsku: z.string(),
      cause: z.string(),
      referenceIds: z.array(z.string()),
      orderId: z.string().optional(),
    }),
  ),
});
export type Truth = z.infer<typeof truthSchema>;

export interface SandboxSeller {
  readonly truth: Truth;
  readonly ledger: readonly LedgerFact[];
  readonly reimbursements: readonly ReimbursementFact[];
  /** Credits for stock: transactions that are about no order. */
  readonly credits: readonly TransactionFact[];
  readonly returns: readonly CustomerReturnFact[];
  readonly replacements: readonly ReplacementFact[];
  /** Of orders, in the last months. */
  readonly transactions: readonly TransactionFact[];
}

const CLIENT = { LWA_CLIENT_ID: 'client', LWA_CLIENT_SECRET: 'secret' };
const SCRIPT = fileURLToPath(new URL('../../../infra/sandbox/dist/main.js', import.meta.url));

/** What the simulated Amazon says of each seller in its reports, and its truth. */
export function readSandbox(
  settings: Readonly<Record<string, string>>,
  sellers: Readonly<Record<string, readonly string[]>>,
  afterDays = 0,
): Promise<Readonly<Record<string, SandboxSeller>>> {
  return readSellers({ settings, sellers, afterDays }, readSeller);
}

export interface Reading {
  readonly settings: Readonly<Record<string, string>>;
  /** The marketplaces of each seller. */
  readonly sellers: Readonly<Record<string, readonly string[]>>;
  readonly afterDays?: number;
}

type ReadSeller<T> = (origin: string, id: string, marketplaceIds: readonly string[]) => Promise<T>;

/**
 * Starts the simulated Amazon as a process of its own and reads something of each seller; so many days after its start, if
 * it has days ahead.
 */
export async function readSellers<T>(
  { settings, sellers, afterDays = 0 }: Reading,
  readSeller: ReadSeller<T>,
): Promise<Readonly<Record<string, T>>> {
  const state = await mkdtemp(join(tmpdir(), 'recoup-detection-'));
  const env = { SANDBOX_STATE_DIR: state, SPAPI_RATE_SCALE: '100000', ...CLIENT, ...settings };
  const sandbox = await spawnService({ script: SCRIPT, env });
  try {
    const origin = await eventually(() => /listening on (\S+)/.exec(sandbox.output)?.[1], {
      timeoutMs: 20_000,
    });
    if (afterDays > 0) await post(`${origin}/sandbox/clock`, { advanceSeconds: afterDays * DAY });
    const read: Record<string, T> = {};
    for (const [id, marketplaceIds] of Object.entries(sellers)) {
      read[id] = await readSeller(origin, id, marketplaceIds);
    }
    return read;
  } finally {
    await sandbox.stop();
    await rm(state, { recursive: true, force: true });
  }
}

async function readSeller(
  origin: string,
  id: string,
  marketplaceIds: readonly string[],
): Promise<SandboxSeller> {
  const token = await accessToken(origin, id);
  const report = (reportType: string) => readReport(origin, token, { reportType, marketplaceIds });
  const ledger = await report('GET_LEDGER_DETAIL_VIEW_DATA');
  const reimbursements = await report('GET_FBA_REIMBURSEMENTS_DATA');
  const truth = truthSchema.parse(await json(`${origin}/sandbox/sellers/${id}/truth`));
  const get = (path: string) => json(`${origin}${path}`, { headers: headersOf(token) });
  const returns = await report('GET_FBA_FULFILLMENT_CUSTOMER_RETURNS_DATA');
  const replaced = await report('GET_FBA_FULFILLMENT_CUSTOMER_SHIPMENT_REPLACEMENT_DATA');
  return {
    truth,
    credits: await readCredits(get, { until: new Date(truth.asOf), days: DAYS_READ }),
    ledger: ledger.map(ledgerFact),
    reimbursements: reimbursements.map(reimbursementFact),
    returns: returns.map(returnFact),
    replacements: replaced.map(replacementFact),
    transactions: await readTransactions(origin, token),
  };
}

export async function accessToken(origin: string, id: string): Promise<string> {
  const door = await json(`${origin}/sandbox/sellers/${id}/refresh-token`);
  const { refreshToken } = z.object({ refreshToken: z.string() }).parse(door);
  const grant = {
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
    client_id: CLIENT.LWA_CLIENT_ID,
    client_secret: CLIENT.LWA_CLIENT_SECRET,
  };
  const answer = await json(`${origin}/auth/o2/token`, {
    method: 'POST',
    body: new URLSearchParams(grant),
  });
  return z.object({ access_token: z.string() }).parse(answer).access_token;
}

/** Longer than any claim may take from its sale to its last day, and shorter than Amazon's longest window of transactions. */
const LOOK_BACK_DAYS = 179;

async function readTransactions(origin: string, token: string): Promise<TransactionFact[]> {
  const { now } = z.object({ now: z.string() }).parse(await json(`${origin}/sandbox/clock`));
  const before = (days: number) => new Date(Date.parse(now) - days * DAY * 1_000).toISOString();
  const facts: TransactionFact[] = [];
  const windows = [
    { postedAfter: before(LOOK_BACK_DAYS), postedBefore: before(0.01) },
    { postedAfter: before(2 * LOOK_BACK_DAYS), postedBefore: before(LOOK_BACK_DAYS) },
  ];
  for (const window of windows) {
    for (let nextToken: string | null | undefined = ''; nextToken !== undefined;) {
      const query = new URLSearchParams({ ...window, ...(nextToken ? { nextToken } : {}) });
      const url = `${origin}/finances/2024-06-19/transactions?${query.toString()}`;
      const page = transactionsPageSchema.parse(await json(url, { headers: headersOf(token) }));
      facts.push(...page.payload.transactions.map(transactionFact));
      nextToken = page.payload.nextToken ?? undefined;
    }
  }
  return facts.filter(({ type }) => isOfOrder(type));
}

function headersOf(token: string): Record<string, string> {
  return {
    'x-amz-access-token': token,
    'user-agent': 'Recoup/0.1 (Language=TypeScript)',
    'content-type': 'application/json',
  };
}

export async function readReport(
  origin: string,
  token: string,
  { reportType, marketplaceIds }: { reportType: string; marketplaceIds: readonly string[] },
): Promise<readonly Row[]> {
  const headers = headersOf(token);
  const { now } = z.object({ now: z.string() }).parse(await json(`${origin}/sandbox/clock`));
  const dataStartTime = new Date(Date.parse(now) - DAYS_READ * DAY * 1_000).toISOString();
  const dataEndTime = new Date(Date.parse(now) - 1_000).toISOString();
  const asked = { reportType, marketplaceIds, dataStartTime, dataEndTime };
  const created = await json(`${origin}/reports/2021-06-30/reports`, {
    method: 'POST',
    headers,
    body: JSON.stringify(asked),
  });
  const { reportId } = z.object({ reportId: z.string() }).parse(created);
  const documentId = await eventually(async () => {
    const seen = reportSchema.parse(
      await json(`${origin}/reports/2021-06-30/reports/${reportId}`, { headers }),
    );
    return seen.processingStatus === 'CANCELLED' ? WITHOUT_DATA : seen.reportDocumentId;
  });
  if (documentId === WITHOUT_DATA) return [];
  const document = await json(`${origin}/reports/2021-06-30/documents/${documentId}`, { headers });
  const { url } = z.object({ url: z.string() }).parse(document);
  const bytes = gunzipSync(Buffer.from(await (await fetch(url)).arrayBuffer()));
  const quoted = reportType.startsWith('GET_LEDGER');
  return parse(bytes.toString(quoted ? 'utf8' : 'latin1'), {
    columns: (names: string[]) => names.map(columnOf),
    delimiter: '\t',
    ...(quoted ? {} : { quote: false }),
  });
}

const WITHOUT_DATA = 'without data';
const reportSchema = z.object({
  processingStatus: z.string(),
  reportDocumentId: z.string().optional(),
});

const DAYS_READ = 460;
/** Seconds. */
const DAY = 86_400;

function post(url: string, body: object): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  return json(url, { method: 'POST', headers, body: JSON.stringify(body) });
}

export async function json(url: string, init?: RequestInit): Promise<unknown> {
  const response = await fetch(url, init);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return response.json();
}

/** However a column is spelled, in words, with hyphens or with underscores. */
function columnOf(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_');
}
