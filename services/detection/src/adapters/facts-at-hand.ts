import { groupBy } from '@recoup/kernel';
import { identify, type Fact, type FactData, type FactKind } from '@recoup/facts';
import type { OrderFacts, ProductFacts } from '../domain/facts.js';
import { compareText } from '../domain/facts.js';
import { FOUND_SKU, productGroups, REDEFINING } from '../domain/product-groups.js';
import { isAboutAnOrder, OF_ORDERS, orderFacts } from './orders.js';
import { OF_PRODUCTS, productFacts } from './products.js';
import { shipmentMoney } from './shipments.js';

/** Rows of every kind that was read; a kind that is left out is one without rows. */
export type RowsRead = { readonly [K in FactKind]?: readonly FactData[K][] };

/**
 * All that was read of a seller, as detection reads it from its tables: products in the order of their FNSKUs, those that
 * Amazon made one together, and orders in the order of their ids. For sellers that fit into memory.
 */
export function factsAtHand(rows: RowsRead): {
  readonly products: readonly ProductFacts[];
  readonly orders: readonly OrderFacts[];
} {
  const facts = (Object.keys(rows) as FactKind[]).flatMap((kind) => factsOf(kind, rows));
  return { products: productsAmong(facts), orders: ordersAmong(facts) };
}

type GroupedFact = Fact & { readonly group: string };

function factsOf(kind: FactKind, rows: RowsRead): GroupedFact[] {
  const given = (rows[kind] ?? []) as readonly FactData[typeof kind][];
  return identify(kind, given).map((fact) => ({ kind, ...fact }) as unknown as GroupedFact);
}

function productsAmong(facts: readonly GroupedFact[]): ProductFacts[] {
  const named = groupBy(among(facts, OF_PRODUCTS), ({ group }) => group);
  const groups = groupsAmong(facts);
  const kinds = <K extends FactKind>(kind: K) => ofKind(facts, kind);
  const returns = groupBy(kinds('customerReturn'), ({ data }) => data.fnsku);
  const bySku = groupBy(among(facts, ['transaction', 'feeEstimate']), ({ group }) => group);
  const shipments = {
    shipments: groupBy(kinds('inboundShipment'), ({ data }) => data.shipmentId),
    items: groupBy(kinds('inboundItem'), ({ data }) => data.shipmentId),
    receipts: groupBy(kinds('ledger'), ({ data }) => data.referenceId),
  };
  const money = shipmentMoney(kinds('transaction').filter((fact) => !isAboutAnOrder(fact)));
  const heads = [...named.keys()].filter((fnsku) => (groups.get(fnsku)?.[0] ?? fnsku) === fnsku);
  return heads.sort(compareText).map((head) => {
    const members = groups.get(head) ?? [head];
    const own = members.flatMap((member) => named.get(member) ?? []);
    const skus = new Set(own.flatMap(({ data }) => ('sku' in data && data.sku ? [data.sku] : [])));
    return productFacts(new Set(members), own, {
      returns: members.flatMap((member) => returns.get(member) ?? []),
      bySku: [...skus].flatMap((sku) => bySku.get(sku) ?? []),
      ...{ shipments, money },
    });
  });
}

function groupsAmong(facts: readonly GroupedFact[]) {
  const ledger = ofKind(facts, 'ledger').map(({ data }) => data);
  const found = ledger.filter(({ sku }) => sku.startsWith(FOUND_SKU));
  const asins = new Set(found.map(({ asin }) => asin).filter((asin) => asin !== ''));
  const redefining = new Set<string>(REDEFINING);
  return productGroups(
    ledger.filter(({ sku, reason }) => sku.startsWith(FOUND_SKU) || redefining.has(reason)),
    ledger.filter(({ asin }) => asins.has(asin)),
  );
}

function ordersAmong(facts: readonly GroupedFact[]): OrderFacts[] {
  const named = groupBy(among(facts, OF_ORDERS), ({ group }) => group);
  const paid = groupBy(ofKind(facts, 'reimbursement'), ({ data }) => data.orderId ?? '');
  const returned = groupBy(ofKind(facts, 'customerReturn'), ({ data }) => data.orderId);
  return [...named]
    .filter(([, own]) => own.some(isAboutAnOrder))
    .sort(([a], [b]) => compareText(a, b))
    .map(([orderId, own]) => {
      const replacing = ofKind(own, 'replacement').map(({ data }) => data.replacementOrderId);
      return orderFacts(orderId, own, {
        paid: [orderId, ...replacing].flatMap((id) => paid.get(id) ?? []),
        returned: replacing.flatMap((id) => returned.get(id) ?? []),
      });
    });
}

function among(facts: readonly GroupedFact[], kinds: readonly FactKind[]): readonly GroupedFact[] {
  return facts.filter(({ kind }) => kinds.includes(kind));
}

function ofKind<K extends FactKind>(facts: readonly GroupedFact[], kind: K) {
  return facts.filter((fact): fact is Extract<GroupedFact, { kind: K }> => fact.kind === kind);
}
