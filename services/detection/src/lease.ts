import { AppError, sleep } from '@recoup/kernel';

/** Another worker has the job: this one must write nothing more. */
export class LeaseLost extends AppError {
  readonly code = 'LEASE_LOST';
}

/** The service is stopping: the job goes back unharmed. */
export class Stopping extends AppError {
  readonly code = 'STOPPING';
}

export interface Lease {
  /** Throws LeaseLost or Stopping when the work must not go on. */
  check(): void;
}

export interface LeaseTerms {
  readonly everyMs: number;
  /** False when the job belongs to somebody else now. */
  readonly renew: () => Promise<boolean>;
  /** The service's own stop. */
  readonly signal: AbortSignal;
}

/** Does work while its lease is renewed in the background; the renewing ends with the work. */
export async function underLease<T>(
  { everyMs, renew, signal }: LeaseTerms,
  work: (lease: Lease) => Promise<T>,
): Promise<T> {
  const over = new AbortController();
  let lost = false;
  const keeping = (async () => {
    for (;;) {
      await sleep(everyMs, over.signal);
      if (over.signal.aborted) return;
      // A failed call is not a lost lease: the next may succeed before it runs out, and every write is fenced.
      if (!(await renew().catch(() => true))) {
        lost = true;
        return;
      }
    }
  })();
  const check = (): void => {
    if (lost) throw new LeaseLost('another worker has taken the job over');
    if (signal.aborted) throw new Stopping('the service is stopping');
  };
  try {
    return await work({ check });
  } finally {
    over.abort();
    await keeping;
  }
}
