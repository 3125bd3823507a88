import {
  readByMember,
  readGroups,
  streamGroupPages,
  type Fact,
  type FactData,
  type FactKind,
} from '@recoup/facts';
import type { Pool } from 'pg';
import { type Keyed, type ProductFacts } from '../domain/facts.js';

export interface FactsQuery {
  readonly tenantId: string;
  /** A batch of facts: what came later is not seen. */
  readonly asOf: number;
}

/** What Amazon names an FNSKU in. */
const OF_PRODUCTS = [
  'ledger',
  'reimbursement',
  'removalOrder',
  'removalShipment',
  'inboundItem',
  'storageFee',
  'agedStorageFee',
  'feePreview',
] as const satisfies readonly FactKind[];

/** The facts of one product after the other, in the order of their FNSKUs. Buyers' data are no part of what is read. */
export async function* readProducts(pool: Pool, query: FactsQuery): AsyncGenerator<ProductFacts> {
  for await (const page of streamGroupPages(pool, { ...query, kinds: OF_PRODUCTS })) {
    const joined = await readJoined(
      pool,
      query,
      page.flatMap(({ facts }) => facts),
    );
    for (const { group, facts } of page) yield productFacts(group, facts, joined);
  }
}

interface Joined {
  readonly returns: readonly Fact[];
  readonly shipments: readonly Fact[];
  readonly bySku: readonly Fact[];
}

/** What is known of a page of products by other names: returns, the shipments of their units, money and fees by SKU. */
async function readJoined(pool: Pool, query: FactsQuery, facts: readonly Fact[]): Promise<Joined> {
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
    of(['inboundShipment'], shipments),
    of(['transaction', 'feeEstimate'], skus),
  ]);
  return { returns, shipments: shipped, bySku };
}

function productFacts(fnsku: string, facts: readonly Fact[], joined: Joined): ProductFacts {
  const own = only(facts);
  const inboundItems = own('inboundItem');
  const shipmentIds = new Set(inboundItems.map(({ data }) => data.shipmentId));
  const skus = new Set(facts.flatMap(({ data }) => ('sku' in data && data.sku ? [data.sku] : [])));
  const bySku = only(joined.bySku);
  return {
    ledger: own('ledger'),
    reimbursements: own('reimbursement'),
    returns: only(joined.returns)('customerReturn').filter(({ data }) => data.fnsku === fnsku),
    removalOrders: own('removalOrder'),
    removalShipments: own('removalShipment'),
    inboundItems,
    inboundShipments: only(joined.shipments)('inboundShipment').filter(({ data }) =>
      shipmentIds.has(data.shipmentId),
    ),
    transactions: bySku('transaction').filter(({ data }) =>
      skus.has(data.items[0]?.sku ?? data.sku ?? ''),
    ),
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
