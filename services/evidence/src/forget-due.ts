import type { FileStorage } from '@recoup/storage';
import { workOnDue, type WorkDeps, type WorkPlan } from './work-on-due.js';

/** Done outside of the transaction that asks, since the storage may be away; forgetting twice is forgetting once. */
const FORGETTING: WorkPlan = {
  kind: 'forgetting',
  together: 1,
  longestSeconds: 60,
  longestDelayMs: 60_000,
};

/** Has the storage forget a key that is due, with all below it; answers whether there was one. */
export function forgetDue(deps: WorkDeps & { readonly files: FileStorage }): Promise<boolean> {
  return workOnDue(deps, FORGETTING, async ({ id: storageKey }) => {
    await deps.files.forget(storageKey);
    return 'done';
  });
}
