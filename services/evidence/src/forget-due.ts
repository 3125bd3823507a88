import type { FileStorage } from '@recoup/storage';
import type { Service } from '@recoup/service-kit';
import { settleForgetting, takeForgetting } from './adapters/due-forgettings.js';

export interface ForgetDueDeps {
  readonly pool: Service['pool'];
  readonly files: FileStorage;
}

/** Until another worker may try, in seconds: forgetting twice is forgetting once. */
const AGAIN_SECONDS = 60;

/** Has the storage forget what is due; answers whether there was anything. What fails comes again. */
export async function forgetDue({ pool, files }: ForgetDueDeps): Promise<boolean> {
  const due = await takeForgetting(pool, AGAIN_SECONDS);
  if (!due) return false;
  await files.forget(due.storageKey);
  await settleForgetting(pool, due.storageKey);
  return true;
}
