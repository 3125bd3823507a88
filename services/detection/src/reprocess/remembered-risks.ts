import type { KnownRisks } from '../adapters/known-risks.js';

/** The known risks for a dry run: what it meets is remembered here and written nowhere. */
export function rememberedRisks(known: KnownRisks): KnownRisks {
  const met = new Set<string>();
  return {
    note(_job, risks) {
      for (const { riskId } of risks) met.add(riskId);
      return Promise.resolve();
    },
    async unseen(job, after) {
      for (let from = after; ;) {
        const page = await known.unseen(job, from);
        const last = page.at(-1);
        const left = page.filter(({ riskId }) => !met.has(riskId));
        if (!last || left.length > 0) return left;
        from = last.riskId;
      }
    },
  };
}
