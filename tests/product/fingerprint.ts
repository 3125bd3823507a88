import { z } from 'zod';
import type { Product } from './product.js';

const factsSchema = z.array(
  z.object({ kind: z.string(), keys: z.int(), versions: z.int(), digest: z.string() }),
);

/** All facts of one kind: how many, how often they changed, and what the latest versions say. */
export type FactsPrint = z.infer<typeof factsSchema>[number];

const FACTS = `
  select kind, count(*)::int as keys, sum(versions)::int as versions,
    encode(sha256(convert_to(string_agg(key || ' ' || encode(sha256(convert_to(data::text, 'UTF8')), 'hex'), E'\\n' order by key collate "C"), 'UTF8')), 'hex') as digest
  from (select distinct on (tenant_id, kind, key) kind, key, data,
          count(*) over (partition by tenant_id, kind, key) as versions
        from facts.fact order by tenant_id, kind, key, batch desc) latest
  group by kind order by kind`;

/** What Amazon told, as it stands in the database: equal where, and only where, every latest version is. */
export async function factsPrint({ database }: Pick<Product, 'database'>): Promise<FactsPrint[]> {
  return factsSchema.parse((await database.query(FACTS)).rows);
}

const claimsSchema = z.array(
  z.object({
    claimId: z.string(),
    units: z.int(),
    state: z.string(),
    tier: z.string(),
    caseId: z.string().nullable(),
  }),
);

/** A claim as its history leaves it. */
export type ClaimPrint = z.infer<typeof claimsSchema>[number];

const CLAIMS = `
  select key as "claimId", (doc #>> '{claim,assessment,quantity}')::int as units, status as state, tier,
    doc #>> '{claim,submission,amazonCaseId}' as "caseId"
  from rm.claim order by key collate "C"`;

/** Every claim there is, withdrawn ones too. */
export async function claimsPrint({ database }: Pick<Product, 'database'>): Promise<ClaimPrint[]> {
  return claimsSchema.parse((await database.query(CLAIMS)).rows);
}
