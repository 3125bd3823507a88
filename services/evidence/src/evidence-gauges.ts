import { addJobGauges, everySome, type Service } from '@recoup/service-kit';
import { countJobs, unknownFilings } from './adapters/job-counts.js';

/** How old an answer of the database may be, in milliseconds. */
const KEPT_MS = 5000;

/** What evidence has to do, and what of its filings is in doubt. */
export function addEvidenceGauges({ metrics, pool }: Pick<Service, 'metrics' | 'pool'>): void {
  addJobGauges(metrics, () => countJobs(pool));
  const unknown = everySome(KEPT_MS, () => unknownFilings(pool));
  metrics.gauge(
    {
      name: 'recoup_filings_unknown',
      help: 'Filings of which a call went out whose outcome nobody knows yet.',
    },
    async () => [{ labels: {}, value: (await unknown()).filings }],
  );
  metrics.gauge(
    {
      name: 'recoup_filings_unknown_oldest_seconds',
      help: 'How long ago the oldest filing was asked for whose outcome nobody knows.',
    },
    async () => [{ labels: {}, value: (await unknown()).oldestSeconds }],
  );
}
