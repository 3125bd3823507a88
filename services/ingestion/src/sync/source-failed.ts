import type { SyncResource } from '@recoup/contracts';
import { AppError } from '@recoup/kernel';

/** One source could not be read; `cause` says why. */
export class SourceFailed extends AppError {
  readonly code = 'SOURCE_FAILED';
  readonly resource: SyncResource;

  constructor(resource: SyncResource, cause: unknown) {
    super(`${resource} could not be read`, { cause });
    this.resource = resource;
  }
}
