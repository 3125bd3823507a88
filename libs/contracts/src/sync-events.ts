import { z } from 'zod';
import { daySchema, instantSchema } from './money.js';

/** What a sync copies, each with a coverage of its own. */
export const syncResourceSchema = z.enum([
  'orders',
  'inventory',
  'transactions',
  'ledger',
  'reimbursements',
  'ledgerSummary',
  'returns',
  'replacements',
  'removalOrders',
  'removalShipments',
  'inboundShipments',
  'storageFees',
  'agedStorageFees',
  'feePreview',
  'feeEstimates',
]);
export type SyncResource = z.infer<typeof syncResourceSchema>;

/** How much of a resource is stored: everything planned, some of it, or none. A missing source is never a zero. */
export const coverageSchema = z.object({
  state: z.enum(['complete', 'partial', 'missing']),
  from: daySchema.nullable(),
  to: daySchema.nullable(),
  reason: z.string().optional(),
});
export type Coverage = z.infer<typeof coverageSchema>;

/** Records stored so far, and how many there will be where Amazon tells (null where it does not). */
export const resourceCountsSchema = z.object({
  processed: z.int().nonnegative(),
  total: z.int().nonnegative().nullable(),
});
export type ResourceCounts = z.infer<typeof resourceCountsSchema>;

const syncId = z.string().min(1);
const perResource = <T extends z.ZodType>(value: T) => z.partialRecord(syncResourceSchema, value);

export const marketplaceSchema = z.object({
  id: z.string().min(1),
  country: z.string().length(2),
  currency: z.string().length(3),
  name: z.string(),
});
export type Marketplace = z.infer<typeof marketplaceSchema>;

export const syncTriggerSchema = z.enum(['connected', 'manual', 'scheduled']);

export const syncEvents = {
  'sync.amazon_connected': z.object({
    sellingPartnerId: z.string().min(1),
    region: z.enum(['na', 'eu', 'fe']),
    marketplaces: z.array(marketplaceSchema).min(1),
  }),
  'sync.amazon_reauthorization_required': z.object({
    sellingPartnerId: z.string().min(1),
    reason: z.string(),
  }),
  /** The token is forgotten by whoever keeps it; `purge`: what was copied from Amazon and its keys are erased as well. */
  'sync.amazon_disconnected': z.object({
    sellingPartnerId: z.string().min(1),
    purge: z.boolean(),
  }),

  'sync.requested': z.object({ syncId, trigger: syncTriggerSchema }),
  /** The seller pressed start while the sync that connecting began was already under way: it is the same sync. */
  'sync.adopted': z.object({ syncId }),
  'sync.planned': z.object({
    syncId,
    from: daySchema,
    to: daySchema,
    resources: perResource(
      z.object({
        route: z.string(),
        windows: z.int().nonnegative(),
        total: z.int().nonnegative().nullable(),
      }),
    ),
    estimatedCompletion: instantSchema,
  }),
  /** One closed window: everything in it is stored. `progress` never falls within one sync. */
  'sync.progressed': z.object({
    syncId,
    resource: syncResourceSchema,
    window: z.object({ from: instantSchema, to: instantSchema }),
    progress: z.int().min(0).max(100),
    message: z.string(),
    counts: perResource(resourceCountsSchema),
    estimatedCompletion: instantSchema,
  }),
  'sync.resource_completed': z.object({
    syncId,
    resource: syncResourceSchema,
    processed: z.int().nonnegative(),
    coverage: coverageSchema,
  }),
  /** The data is stored. `factsAsOf` names the state of the facts that detection reads. */
  'sync.completed': z.object({
    syncId,
    factsAsOf: z.int().nonnegative(),
    counts: perResource(resourceCountsSchema),
    coverage: perResource(coverageSchema),
  }),
  /** `message` is for the seller; `code` for the machine. What was stored stays. */
  'sync.failed': z.object({
    syncId,
    code: z.string(),
    message: z.string(),
    coverage: perResource(coverageSchema),
  }),
  'sync.cancelled': z.object({ syncId, reason: z.string() }),
} as const;
