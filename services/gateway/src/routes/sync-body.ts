import { coverageSchema, resourceCountsSchema, syncResourceSchema } from '@recoup/contracts';
import { z } from 'zod';
import type { SyncRow } from '../projections/sync.js';

export const syncStatusWord = z.enum(['in_progress', 'complete', 'failed', 'cancelled']);

/** A sync as status routes and progress frames show it. */
export const syncStatusSchema = z.object({
  syncId: z.string(),
  status: syncStatusWord,
  progress: z.int().min(0).max(100),
  message: z.string(),
  startedAt: z.string(),
  completedAt: z.string().optional(),
  estimatedCompletion: z.string().nullable(),
  ordersProcessed: z.int(),
  totalOrders: z.int().nullable(),
  error: z.string().optional(),
  /** Null until detection has ended. */
  claimsDetected: z.int().nullable(),
  resources: z.partialRecord(syncResourceSchema, resourceCountsSchema),
  coverage: z.partialRecord(syncResourceSchema, coverageSchema),
});
export type SyncStatusBody = z.infer<typeof syncStatusSchema>;

export function statusBody(sync: SyncRow): SyncStatusBody {
  const { syncId, status, progress, message, startedAt, estimatedCompletion, claimsDetected } =
    sync;
  return {
    syncId,
    status,
    progress,
    message,
    startedAt,
    ...(sync.completedAt !== null && { completedAt: sync.completedAt }),
    estimatedCompletion,
    ordersProcessed: sync.counts.orders?.processed ?? 0,
    totalOrders: sync.counts.orders?.total ?? null,
    ...(sync.error !== null && { error: sync.error }),
    claimsDetected,
    resources: sync.counts,
    coverage: sync.coverage,
  };
}
