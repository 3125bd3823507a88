import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { claimSubtypeSchema, isOfOrder, moneySchema } from '@recoup/contracts';
import type {
  CustomerReturnFact,
  LedgerFact,
  ReimbursementFact,
  ReplacementFact,
  TransactionFact,
} from '@recoup/contracts';
import { eventually, spawnService } from '@recoup/testkit';
import { z } from 'zod';
import { accessToken, CLIENT, DAYS_READ, headersOf, json, readReport } from './ask-sandbox.js';
import { readCredits } from './sandbox-credits.js';
import { ledgerFact, reimbursementFact, replacementFact, returnFact } from './sandbox-rows.js';
import { readShipments, type SandboxShipments } from './sandbox-shipments.js';
import { readTransactions } from './sandbox-transactions.js';
import { lossAssertionSchema } from '../src/domain/assertions.js';
import { shipmentNamedBy } from '../src/domain/inbound/shipment-charges.js';

const claimSchema = z.object({
  subtype: claimSubtypeSchema,
  fnsku: z.string(),
  units: z.int(),
  lossDay: z.string(),
  referenceIds: z.array(z.string()),
  unitValue: moneySchema.nullable(),
  cause: z.string(),
  orderId: z.string().optional(),
});

/** What the seller would enter: what its products cost, and losses that only it sees. */
const wordSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('cost'),
    sku: z.string(),
    effectiveFrom: z.iso.date(),
    unitCost: moneySchema,
  }),
  lossAssertionSchema.extend({ kind: z.literal('loss') }),
]);
export type SellersWord = z.infer<typeof wordSchema>;

const truthSchema = z.object({
  anchorDay: z.string(),
  asOf: z.iso.datetime(),
  claims: z.array(claimSchema),
  bySellersWord: z.object({ claims: z.array(claimSchema), words: z.array(wordSchema) }),
  lookAlikes: z.array(
    z.object({
      fnsku: z.string(),
      cause: z.string(),
      referenceIds: z.array(z.string()),
      orderId: z.string().optional(),
    }),
  ),
});
/** With what is owed once the seller has told all that it knows among the claims. */
export type Truth = Omit<z.infer<typeof truthSchema>, 'bySellersWord'>;

export interface SandboxSeller {
  readonly truth: Truth;
  readonly words: readonly SellersWord[];
  readonly ledger: readonly LedgerFact[];
  readonly reimbursements: readonly ReimbursementFact[];
  /** Credits for stock: transactions that are about no order. */
  readonly credits: readonly TransactionFact[];
  readonly returns: readonly CustomerReturnFact[];
  readonly replacements: readonly ReplacementFact[];
  /** Of orders. */
  readonly transactions: readonly TransactionFact[];
  readonly shipments: SandboxShipments;
}

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
  const { bySellersWord, ...told } = truthSchema.parse(
    await json(`${origin}/sandbox/sellers/${id}/truth`),
  );
  const truth = { ...told, claims: [...told.claims, ...bySellersWord.claims] };
  const money = await readTransactions(origin, token);
  const get = (path: string) => json(`${origin}${path}`, { headers: headersOf(token) });
  const returns = await report('GET_FBA_FULFILLMENT_CUSTOMER_RETURNS_DATA');
  const replaced = await report('GET_FBA_FULFILLMENT_CUSTOMER_SHIPMENT_REPLACEMENT_DATA');
  return {
    truth,
    words: bySellersWord.words,
    credits: await readCredits(get, { until: new Date(truth.asOf), days: DAYS_READ }),
    ledger: ledger.map(ledgerFact),
    reimbursements: reimbursements.map(reimbursementFact),
    returns: returns.map(returnFact),
    replacements: replaced.map(replacementFact),
    transactions: money.filter(({ type }) => isOfOrder(type)),
    shipments: {
      ...(await readShipments({ get, report, marketplaceIds, until: new Date(truth.asOf) })),
      money: money.filter((one) => shipmentNamedBy(one) !== null),
    },
  };
}

/** Seconds. */
const DAY = 86_400;

function post(url: string, body: object): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  return json(url, { method: 'POST', headers, body: JSON.stringify(body) });
}
