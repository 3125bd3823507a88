import { z } from 'zod';
import { bodyOf } from './browser.js';
import type { Product } from './product.js';

const lossSchema = z.object({
  subtype: z.string(),
  marketplaceId: z.string(),
  fnsku: z.string(),
  sku: z.string(),
  units: z.int(),
  lossDay: z.string(),
  /** The last day, Pacific time, on which it can be claimed. */
  claimableUntil: z.string(),
  referenceIds: z.array(z.string()),
  unitValue: z.object({ amount: z.string(), currency: z.string() }).nullable(),
  cause: z.string(),
});

/** What only the seller can tell, as it would enter it. */
const costWordSchema = z.object({
  kind: z.literal('cost'),
  sku: z.string(),
  effectiveFrom: z.string(),
  unitCost: z.object({ amount: z.string(), currency: z.string() }),
});
const lossWordSchema = z.object({
  kind: z.literal('loss'),
  subtype: z.string(),
  orderId: z.string().optional(),
  removalOrderId: z.string().optional(),
  sku: z.string(),
  quantity: z.int(),
});

const truthSchema = z.object({
  sellerId: z.string(),
  anchorDay: z.string(),
  orders: z.int(),
  claims: z.array(lossSchema),
  bySellersWord: z.object({
    claims: z.array(lossSchema),
    words: z.array(z.discriminatedUnion('kind', [costWordSchema, lossWordSchema])),
  }),
  lookAlikes: z.array(
    z.object({
      fnsku: z.string(),
      cause: z.string(),
      referenceIds: z.array(z.string()),
      why: z.string(),
    }),
  ),
  feeClaims: z.array(
    z.object({
      kind: z.enum(['fulfilment_fee', 'storage_fee', 'referral_fee']),
      sku: z.string(),
      charges: z.int(),
      claimable: z.object({
        charges: z.int(),
        overcharged: z.object({ amount: z.string(), currency: z.string() }),
      }),
    }),
  ),
  counts: z.object({
    orders: z.int(),
    ledgerRows: z.int(),
    reimbursementRows: z.int(),
    transactions: z.int(),
    inventoryRows: z.int(),
    returnRows: z.int(),
    replacementRows: z.int(),
    removalOrderRows: z.int(),
    removalShipmentRows: z.int(),
    inboundShipments: z.int(),
    inboundItems: z.int(),
  }),
});
export type Truth = z.infer<typeof truthSchema>;

const FEE_SUBTYPES = {
  fulfilment_fee: 'fulfilment_fee_overcharge',
  storage_fee: 'storage_fee_overcharge',
  referral_fee: 'referral_fee_error',
} as const;

/** Fees that can be claimed: of sales those that were charged too high often enough to be an error. */
export function claimableFees({ feeClaims }: Truth): readonly {
  readonly subtype: string;
  readonly sku: string;
  readonly quantity: number;
  readonly amount: number;
}[] {
  return feeClaims
    .filter(({ kind, charges }) => kind === 'storage_fee' || charges >= 3)
    .filter(({ claimable }) => claimable.charges > 0)
    .map(({ kind, sku, claimable }) => ({
      subtype: FEE_SUBTYPES[kind],
      sku,
      quantity: claimable.charges,
      amount: Number(claimable.overcharged.amount),
    }));
}

const casesSchema = z.object({
  cases: z.array(
    z.object({
      caseId: z.string(),
      idempotencyKey: z.string(),
      sellerId: z.string(),
      request: z.looseObject({ claimId: z.string(), quantity: z.int() }),
    }),
  ),
});
export type FiledCase = z.infer<typeof casesSchema>['cases'][number];

/** What is really so in a seller's world: every planted loss, and everything that only looks like one. */
export function truthOf(
  { sandboxOrigin }: Pick<Product, 'sandboxOrigin'>,
  sellerId: string,
): Promise<Truth> {
  return read(`${sandboxOrigin}/sandbox/sellers/${sellerId}/truth`, truthSchema);
}

/** The cases that lie on Amazon's desk. */
export async function filedCases({
  sandboxOrigin,
}: Pick<Product, 'sandboxOrigin'>): Promise<FiledCase[]> {
  return (await read(`${sandboxOrigin}/case-desk/cases`, casesSchema)).cases;
}

async function read<S extends z.ZodType>(url: string, schema: S): Promise<z.infer<S>> {
  const response = await fetch(url, { signal: AbortSignal.timeout(30_000) });
  return bodyOf(response, { url, schema });
}
