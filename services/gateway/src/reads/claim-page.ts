import type { ClaimFilter } from '../adapters/read-models.js';
import type { Gateway } from '../gateway.js';
import type { ClaimRow } from '../projections/claim.js';
import { currentClaim } from './current-claim.js';

export interface ClaimPage {
  readonly claims: readonly ClaimRow[];
  /** The last row, where others follow it. */
  readonly last: ClaimRow | null;
}

/**
 * A page of claims as they stand now: the read model, brought up to date by what the log has beyond it. Who has just
 * filed a claim sees it filed: a client asks for its list once, and would go on showing what is past. A claim that the
 * read model does not have yet is not in it.
 */
export async function claimPage(
  gateway: Pick<Gateway, 'reads' | 'streams'>,
  tenantId: string,
  filter: ClaimFilter,
): Promise<ClaimPage> {
  const { reads } = gateway;
  // In this order: what the projector brings in between then stands in both, and not in neither.
  const changed = new Set(await reads.unprojectedClaims(tenantId));
  const { limit } = filter;
  const rows = await reads.claims(tenantId, { ...filter, limit: limit + 1 }); // one more tells whether others follow
  const page = rows.slice(0, limit);
  const claims = await Promise.all(
    page.map(async (row) =>
      changed.has(row.claimId) ? currentClaim(gateway, tenantId, row.claimId) : row,
    ),
  );
  return {
    claims: claims
      .filter((row) => row !== null)
      .filter(({ claim }) => filter.statuses.includes(claim.status)),
    last: rows.length > limit ? (page.at(-1) ?? null) : null,
  };
}
