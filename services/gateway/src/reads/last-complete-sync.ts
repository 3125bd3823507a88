import type { Gateway } from '../gateway.js';
import type { SyncRow } from '../projections/sync.js';

/** The newest sync that brought everything in; null before the first has. */
export async function lastCompleteSync(
  { reads }: Pick<Gateway, 'reads'>,
  tenantId: string,
): Promise<SyncRow | null> {
  const { syncs } = await reads.syncs(tenantId, { status: 'complete', limit: 1, offset: 0 });
  return syncs[0] ?? null;
}
