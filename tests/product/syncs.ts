import { eventually } from '@recoup/testkit';
import { z } from 'zod';
import type { Browser } from './browser.js';

const startedSchema = z.object({ syncId: z.string(), status: z.literal('in_progress') });

/** A sync as its status routes and its frames show it. */
export const syncBodySchema = z.object({
  syncId: z.string(),
  status: z.enum(['in_progress', 'complete', 'failed', 'cancelled']),
  progress: z.int().min(0).max(100),
  message: z.string(),
  ordersProcessed: z.int(),
  totalOrders: z.int().nullable(),
  claimsDetected: z.int().nullable(),
});
export type SyncBody = z.infer<typeof syncBodySchema>;

/** Clicks "start": begins a sync, or joins the one that connecting began. Answers its id. */
export async function startSync(browser: Browser): Promise<string> {
  return (await browser.post('/api/sync/start', startedSchema)).syncId;
}

export function syncStatus(browser: Browser, syncId: string): Promise<SyncBody> {
  return browser.get(`/api/sync/status/${syncId}`, syncBodySchema);
}

/** Waits until detection has counted the claims of a sync, and answers the status that says so. */
export function waitForClaims(
  browser: Browser,
  syncId: string,
  timeoutMs = 60_000,
): Promise<SyncBody> {
  return eventually(
    async () => {
      const status = await syncStatus(browser, syncId);
      return status.claimsDetected === null ? null : status;
    },
    { timeoutMs, everyMs: 100 },
  );
}
