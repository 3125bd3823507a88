import type { SyncResult } from './run-fault-round.js';

/** Windows that one resource has open at a time: so many asks may be on their way when a process dies, for each of the two. */
const ON_THEIR_WAY = 8;

/** The most reports that may have been asked for: once each, and once more for what failed or was lost with a process. */
export function mostReports(calm: number, { struck, kills }: SyncResult): number {
  const failed = struck.filter(
    ({ operation, kind }) => operation === 'createReport' && kind !== '429',
  );
  const again = failed.reduce((sum, { times }) => sum + times, 0);
  return calm + again + kills * ON_THEIR_WAY;
}
