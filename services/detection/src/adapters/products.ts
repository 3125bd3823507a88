import {
  readByMember,
  readFnskus,
  readGroups,
  readLedgerRows,
  streamGroupPages,
  type Fact,
  type FactData,
  type FactKind,
} from '@recoup/facts';
import type { Pool } from 'pg';
import { type Keyed, type ProductFacts } from '../domain/facts.js';
import { FOUND_SKU, productGroups, REDEFINING } from '../domain/product-groups.js';
import {
  readShipmentMoney,
  readShipments,
  shipmentsOf,
  type ShipmentMoney,
  type Shipments,
} from './shipments.js';

export interface FactsQuery {
  readonly tenantId: string;
  /** A batch of facts: what came later is not seen. */
  readonly asOf: number;
}

/** What Amazon names an FNSKU in. */
export const OF_PRODUCTS = [
  'ledger',
  'reimbursement',
  'removalOrder',
  'removalShipment',
  'inboundItem',
  'storageFee',
  'agedStorageFee',
  'feePreview',
] as const satisfies readonly FactKind[];

/**
 * The facts of one product after the other, in the order of their FNSKUs. Several FNSKUs that are one product are read
 * together, at the place of the first of them. Buyers' data are no part of what is read.
 */
export async function* readProducts(pool: Pool, query: FactsQuery): AsyncGenerator<ProductFacts> {
  const [groups, money] = await Promise.all([
    readProductGroups(pool, query),
    readShipmentMoney(pool, query),
  ]);
  for await (const page of streamGroupPages(pool, { ...query, kinds: OF_PRODUCTS })) {
    const heads = page.filter(({ group }) => (groups.get(group)?.[0] ?? group) === group);
    const others = heads.flatMap(({ group }) => groups.get(group)?.slice(1) ?? []);
    const siblings = await readGroups(pool, { ...query, kinds: OF_PRODUCTS, groups: others });
    const own = new Map(heads.map(({ group, facts }) => [group, [...facts]]));
    for (const { group, ...fact } of siblings) own.get(groups.get(group)?.[0] ?? '')?.push(fact);
    const joined = await readJoined(pool, query, [...own.values()].flat());
    for (const [group, facts] of own) {
      yield productFacts(new Set(groups.get(group) ?? [group]), facts, { ...joined, money });
    }
  }
}

/** Which FNSKUs are one product, as far as the ledger tells. */
async function readProductGroups(pool: Pool, query: FactsQuery) {
  const rows = await readLedgerRows(pool, { ...query, reasons: REDEFINING, skuPrefix: FOUND_SKU });
  const found = rows.filter(({ sku }) => sku.startsWith(FOUND_SKU));
  const asins = [...new Set(found.map(({ asin }) => asin))].filter((asin) => asin !== '');
  return productGroups(rows, await readFnskus(pool, { ...query, asins }));
}

/** What is known of products by other names than their FNSKU. */
export interface Joined {
  readonly returns: readonly Fact[];
  readonly shipments: Shipments;
  readonly bySku: readonly Fact[];
  readonly money: ShipmentMoney;
}

/** What is known of a page of products by other names: returns, the shipments of their units, money and fees by SKU. */
async function readJoined(
  pool: Pool,
  query: FactsQuery,
  facts: readonly Fact[],
): Promise<Omit<Joined, 'money'>> {
  const fnskus = new Set<string>();
  const skus = new Set<string>();
  const shipments = new Set<string>();
  for (const { data } of facts) {
    if ('fnsku' in data) fnskus.add(data.fnsku);
    if ('sku' in data && data.sku !== null) skus.add(data.sku);
    if ('shipmentId' in data) shipments.add(data.shipmentId);
  }
  const of = (kinds: readonly FactKind[], groups: ReadonlySet<string>) =>
    readGroups(pool, { ...query, kinds, groups: [...groups] });
  const [returns, shipped, bySku] = await Promise.all([
    readByMember(pool, { ...query, kind: 'customerReturn', values: [...fnskus] }),
    readShipments(pool, query, [...shipments]),
    of(['transaction', 'feeEstimate'], skus),
  ]);
  return { returns, shipments: shipped, bySku };
}

/** What is known of one product: what names its FNSKUs, and what of the rest is about it. */
export function productFacts(
  fnskus: ReadonlySet<string>,
  facts: readonly Fact[],
  joined: Joined,
): ProductFacts {
  const own = only(facts);
  const inboundItems = own('inboundItem');
  const shipmentIds = new Set(inboundItems.map(({ data }) => data.shipmentId));
  const skus = new Set(facts.flatMap(({ data }) => ('sku' in data && data.sku ? [data.sku] : [])));
  const bySku = only(joined.bySku);
  return {
    ledger: own('ledger'),
    reimbursements: own('reimbursement'),
    returns: only(joined.returns)('customerReturn').filter(({ data }) => fnskus.has(data.fnsku)),
    removalOrders: own('removalOrder'),
    removalShipments: own('removalShipment'),
    inboundItems,
    ...shipmentsOf(fnskus, shipmentIds, joined.shipments),
    transactions: [
      ...bySku('transaction').filter(({ data }) => skus.has(data.items[0]?.sku ?? data.sku ?? '')),
      ...[...shipmentIds].flatMap((id) => joined.money.get(id) ?? []),
    ],
    storageFees: own('storageFee'),
    agedStorageFees: own('agedStorageFee'),
    feePreviews: own('feePreview'),
    feeEstimates: bySku('feeEstimate').filter(({ data }) => skus.has(data.sku)),
  };
}

/** Facts of one kind, with their keys. */
export function only(facts: readonly Fact[]) {
  return <K extends FactKind>(kind: K): readonly Keyed<FactData[K]>[] =>
    facts.filter((fact): fact is Fact & Keyed<FactData[K]> => fact.kind === kind);
}
