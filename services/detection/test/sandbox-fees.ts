import {
  moneySchema,
  type FeePreviewFact,
  type StorageFeeFact,
  type TransactionFact,
} from '@recoup/contracts';
import { z } from 'zod';
import { accessToken, json, readReport } from './ask-sandbox.js';
import { readSellers, type Reading } from './sandbox-seller.js';
import { feePreviewFact, storageFeeFact } from './fee-rows.js';
import { readTransactions } from './sandbox-transactions.js';

const chargedSchema = z.object({ charges: z.int(), overcharged: moneySchema });

/** What the sandbox's truth says of fees. */
const truthSchema = z.object({
  asOf: z.iso.datetime(),
  feeClaims: z.array(
    chargedSchema.extend({
      kind: z.enum(['fulfilment_fee', 'storage_fee', 'referral_fee']),
      sku: z.string(),
      fnsku: z.string(),
      cause: z.string(),
      from: z.string(),
      to: z.string(),
      claimable: chargedSchema,
    }),
  ),
  feeLookAlikes: z.array(z.object({ sku: z.string(), fnsku: z.string(), cause: z.string() })),
});
export type FeeTruth = z.infer<typeof truthSchema>;

/** What Amazon says of a seller's fees, as facts, and what is true of them. */
export interface SandboxFees {
  readonly truth: FeeTruth;
  readonly transactions: readonly TransactionFact[];
  readonly storageFees: readonly StorageFeeFact[];
  readonly feePreviews: readonly FeePreviewFact[];
}

/** What the simulated Amazon says of the fees of each seller, so many days after its start. */
export function readSandboxFees(reading: Reading): Promise<Readonly<Record<string, SandboxFees>>> {
  return readSellers(reading, async (origin, id, marketplaceIds) => {
    const token = await accessToken(origin, id);
    const report = (reportType: string, of: readonly string[]) =>
      readReport(origin, token, { reportType, marketplaceIds: of });
    const stored = await report('GET_FBA_STORAGE_FEE_CHARGES_DATA', marketplaceIds);
    const feePreviews: FeePreviewFact[] = [];
    for (const marketplaceId of marketplaceIds) {
      const rows = await report('GET_FBA_ESTIMATED_FBA_FEES_TXT_DATA', [marketplaceId]);
      feePreviews.push(...rows.map((row) => feePreviewFact(row, marketplaceId)));
    }
    return {
      truth: truthSchema.parse(await json(`${origin}/sandbox/sellers/${id}/truth`)),
      transactions: await readTransactions(origin, token),
      storageFees: stored.map(storageFeeFact),
      feePreviews,
    };
  });
}
