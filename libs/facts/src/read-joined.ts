import type { Pool } from 'pg';
import type { FactKind } from './kinds.js';
import type { Fact } from './read.js';

/** Members by which facts of a kind are found though they are grouped by another: each has an index. */
const members = {
  reimbursement: 'orderId',
  customerReturn: 'fnsku',
} as const satisfies Partial<Record<FactKind, string>>;
export type JoinedKind = keyof typeof members;

export interface GroupsQuery {
  readonly tenantId: string;
  readonly asOf: number;
  readonly kinds: readonly FactKind[];
  readonly groups: readonly string[];
}

/** All facts of some groups, as of a batch, in key order. */
export async function readGroups(
  pool: Pool,
  { tenantId, asOf, kinds, groups }: GroupsQuery,
): Promise<readonly (Fact & { readonly group: string })[]> {
  if (groups.length === 0) return [];
  const { rows } = await pool.query<Fact & { group: string }>(
    `select distinct on (group_key collate "C", kind, key) group_key as "group", kind, key, data from facts.fact
     where tenant_id = $1 and group_key collate "C" = any ($2) and kind = any ($3) and batch <= $4
     order by group_key collate "C", kind, key, batch desc`,
    [tenantId, groups, kinds, asOf],
  );
  return rows;
}

export interface MemberQuery<K extends JoinedKind> {
  readonly tenantId: string;
  readonly asOf: number;
  readonly kind: K;
  readonly values: readonly string[];
}

/** Facts of a kind by the member that they have an index for: payments by their order, returns by their product. */
export async function readByMember<K extends JoinedKind>(
  pool: Pool,
  { tenantId, asOf, kind, values }: MemberQuery<K>,
): Promise<readonly Extract<Fact, { readonly kind: K }>[]> {
  if (values.length === 0) return [];
  // Kind and member are words of this file; a parameter would keep the partial index from being used.
  const { rows } = await pool.query<Extract<Fact, { readonly kind: K }>>(
    `select distinct on (key) kind, key, data from facts.fact
     where tenant_id = $1 and kind = '${kind}' and data ->> '${members[kind]}' = any ($2) and batch <= $3
     order by key, batch desc`,
    [tenantId, values, asOf],
  );
  return rows;
}
