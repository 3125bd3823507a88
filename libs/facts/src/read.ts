import type { Pool, PoolClient } from 'pg';
import type { FactData, FactKind } from './kinds.js';
import { readGroups } from './read-joined.js';

type Db = Pool | PoolClient;

/** A fact as it stood. */
export type Fact = {
  [K in FactKind]: { readonly kind: K; readonly key: string; readonly data: FactData[K] };
}[FactKind];

export interface FactGroup {
  readonly group: string;
  readonly facts: readonly Fact[];
}

/** How many facts of a kind are known of a tenant. */
export async function countFacts(db: Db, tenantId: string, kind: FactKind): Promise<number> {
  const { rows } = await db.query<{ count: string }>(
    'select count(distinct key) as count from facts.fact where tenant_id = $1 and kind = $2',
    [tenantId, kind],
  );
  return Number(rows[0]?.count ?? 0);
}

/** The newest batch of a tenant; 0 when nothing was ever recorded. Facts as of it are all that is known. */
export async function latestBatch(db: Db, tenantId: string): Promise<number> {
  const { rows } = await db.query<{ batch: string | null }>(
    'select max(batch) as batch from facts.batch where tenant_id = $1',
    [tenantId],
  );
  return Number(rows[0]?.batch ?? 0);
}

export interface FactRef {
  readonly kind: FactKind;
  readonly key: string;
}

/** Facts by identity, as of a batch; unknown ones are left out. */
export async function readFacts(
  db: Db,
  { tenantId, refs, asOf }: { tenantId: string; refs: readonly FactRef[]; asOf: number },
): Promise<readonly Fact[]> {
  const { rows } = await db.query<Fact>(
    `select distinct on (f.kind, f.key) f.kind, f.key, f.data
     from unnest($2::text[], $3::text[]) as wanted(kind, key)
     join facts.fact f on f.tenant_id = $1 and f.kind = wanted.kind and f.key = wanted.key and f.batch <= $4
     order by f.kind, f.key, f.batch desc`,
    [tenantId, refs.map((ref) => ref.kind), refs.map((ref) => ref.key), asOf],
  );
  return rows;
}

export interface StreamGroups {
  readonly tenantId: string;
  readonly kinds: readonly FactKind[];
  /** A batch: later versions are not seen, so that a detection can be repeated over what was known then. */
  readonly asOf: number;
}

/** Group keys read per round trip. */
const GROUPS = 200;

/** As streamGroupPages, one group at a time. */
export async function* streamGroups(pool: Pool, query: StreamGroups): AsyncGenerator<FactGroup> {
  for await (const page of streamGroupPages(pool, query)) yield* page;
}

/**
 * The facts of a tenant, group after group in the order of their keys, some groups at a time: memory follows the largest
 * page and not the seller.
 */
export async function* streamGroupPages(
  pool: Pool,
  { tenantId, kinds, asOf }: StreamGroups,
): AsyncGenerator<readonly FactGroup[]> {
  for (let after: string | null = null; ;) {
    const keys: readonly string[] = await nextGroups(pool, { tenantId, kinds, asOf, after });
    const last = keys.at(-1);
    if (last === undefined) return;
    yield grouped(await readGroups(pool, { tenantId, kinds, asOf, groups: keys }));
    after = last;
  }
}

async function nextGroups(
  pool: Pool,
  { tenantId, kinds, asOf, after }: StreamGroups & { after: string | null },
): Promise<readonly string[]> {
  const { rows } = await pool.query<{ group_key: string }>(
    `select distinct group_key collate "C" as group_key from facts.fact
     where tenant_id = $1 and kind = any ($2) and batch <= $3
       and ($4::text is null or group_key collate "C" > $4)
     order by 1 limit ${GROUPS}`,
    [tenantId, kinds, asOf, after],
  );
  return rows.map((row) => row.group_key);
}

/** Facts in group order as groups. */
function grouped(facts: readonly (Fact & { readonly group: string })[]): readonly FactGroup[] {
  const groups: { group: string; facts: Fact[] }[] = [];
  for (const { group, ...fact } of facts) {
    const last = groups.at(-1);
    if (last?.group === group) last.facts.push(fact);
    else groups.push({ group, facts: [fact] });
  }
  return groups;
}
