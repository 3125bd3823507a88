import type { Coverage } from '@recoup/contracts';
import type { Pool } from 'pg';
import { AmazonCallFailed } from '../amazon/errors.js';
import { openBuyerAccess, type BuyerAccess } from '../buyers/buyer-access.js';
import type { Job } from '../jobs/job.js';
import { noteBuyersRefused } from '../jobs/lease.js';
import type { Log } from '../log.js';
import type { Source } from '../sources/source.js';

export interface BuyersOfSync {
  readonly pool: Pool;
  readonly log: Log;
  /** Whether the operator wants buyer data. */
  readonly buyerInfo: 'on' | 'off';
}

const WITHOUT =
  'Without buyer data: Amazon has not given this application the restricted role that they need.';

/** Whether this sync asks for buyers. A refusal is said in the log and remembered with the job; the sync goes on. */
export function buyersOfSync({ pool, log, buyerInfo }: BuyersOfSync, job: Job): BuyerAccess {
  const wanted = job.buyersRefused ? 'refused' : 'unknown';
  return openBuyerAccess({
    initially: buyerInfo === 'on' ? wanted : 'unwanted',
    isRefusal: (error) => error instanceof AmazonCallFailed && error.refusal.status === 403,
    async onRefused() {
      log.warn({ sync: job.syncId }, WITHOUT);
      await noteBuyersRefused(pool, job);
    },
  });
}

const NOT_IN_REPORTS = 'Without buyer data: the report that these orders came by has none.';

/** What the coverage of a source says beside its days. */
export function buyerNote(
  buyers: BuyerAccess,
  source: Pick<Source, 'resource' | 'family'> | undefined,
): Coverage['reason'] {
  if (source?.resource !== 'orders' || !buyers.isWanted()) return undefined;
  if (source.family === 'reports') return NOT_IN_REPORTS;
  return buyers.isRefused() ? WITHOUT : undefined;
}
