import type { KnownClaims } from '../adapters/known-claims.js';

/** The known claims for a dry run: what it meets is remembered here and written nowhere. */
export function rememberedClaims(known: KnownClaims): KnownClaims {
  const met = new Set<string>();
  return {
    among: (tenantId, claimIds) => known.among(tenantId, claimIds),
    note(_job, claims) {
      for (const { claimId } of claims) met.add(claimId);
      return Promise.resolve();
    },
    async unseen(job, after) {
      for (let from = after; ;) {
        const page = await known.unseen(job, from);
        const last = page.at(-1);
        const left = page.filter(({ claimId }) => !met.has(claimId));
        if (!last || left.length > 0) return left;
        from = last.claimId;
      }
    },
  };
}
