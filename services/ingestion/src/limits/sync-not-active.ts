import { AppError } from '@recoup/kernel';

/** The sync has ended (cancelled, failed, or replaced): nothing more is asked of Amazon in its name. */
export class SyncNotActive extends AppError {
  readonly code = 'SYNC_NOT_ACTIVE';
}
