import { AppError } from '@recoup/kernel';

/** Another worker has taken the job over: this one must write nothing more. */
export class LeaseLost extends AppError {
  readonly code = 'LEASE_LOST';
}
