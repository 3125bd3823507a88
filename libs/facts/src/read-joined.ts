import type { Pool } from 'pg';
import type { FactKind } from './kinds.js';
import type { Fact } from './read.js';

/** Members by which facts of a kind are found though they are grouped by another: each has an index, some for a part only. */
const members = {
  reimbursement: { name: 'orderId', part: 'true' },
  customerReturn: { name: 'fnsku', part: 'true' },
  inboundItem: { name: 'shipmentId', part: 'true' },
  ledger: { name: 'referenceId', part: "data ->> 'eventType' = 'Receipts'" },
} as const satisfies Partial<Record<FactKind, { readonly name: string; readonly part: string }>>;
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

/**
 * Facts of a kind by the member that they have an index for: payments by their order, returns by their product, items of
 * shipments to Amazon and receipts of the ledger by their shipment.
 */
export async function readByMember<K extends JoinedKind>(
  pool: Pool,
  { tenantId, asOf, kind, values }: MemberQuery<K>,
): Promise<readonly Extract<Fact, { readonly kind: K }>[]> {
  if (values.length === 0) return [];
  const { name, part } = members[kind];
  // Kind and member are words of this file; a parameter would keep the partial index from being used.
  const { rows } = await pool.query<Extract<Fact, { readonly kind: K }>>(
    `select distinct on (key) kind, key, data from facts.fact
     where tenant_id = $1 and kind = '${kind}' and ${part} and data ->> '${name}' = any ($2) and batch <= $3
     order by key, batch desc`,
    [tenantId, values, asOf],
  );
  return rows;
}

export interface PrefixQuery {
  readonly tenantId: string;
  readonly asOf: number;
  readonly kind: FactKind;
  /** What the names of the groups begin with: letters and a blank. */
  readonly prefix: string;
}

/** The facts of a kind in all groups whose names begin alike, such as the fees of all days; in key order. */
export async function readGroupsOf<K extends FactKind>(
  pool: Pool,
  { tenantId, asOf, kind, prefix }: PrefixQuery & { readonly kind: K },
): Promise<readonly Extract<Fact, { readonly kind: K }>[]> {
  // '!' follows the blank in the order of code units.
  const { rows } = await pool.query<Extract<Fact, { readonly kind: K }>>(
    `select distinct on (group_key collate "C", kind, key) kind, key, data from facts.fact
     where tenant_id = $1 and kind = $2 and batch <= $3
       and group_key collate "C" >= $4 and group_key collate "C" < $5
     order by group_key collate "C", kind, key, batch desc`,
    [tenantId, kind, asOf, `${prefix} `, `${prefix}!`],
  );
  return rows;
}
