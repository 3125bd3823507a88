import type { Coverage, SyncResource } from '@recoup/contracts';
import type { ClaimFinding, RiskFinding } from '@recoup/domain';
import { addDays, groupBy } from '@recoup/kernel';
import { identify, type FactData, type FactKind } from '@recoup/facts';
import { openCatalogue } from '../src/domain/catalogue.js';
import type { Context } from '../src/domain/context.js';
import type { SyncCoverage } from '../src/domain/coverage.js';
import { detectors } from '../src/domain/detectors.js';
import { examineKey, examineProduct } from '../src/domain/examine.js';
import { NO_PRODUCT_FACTS, type Keyed, type ProductFacts } from '../src/domain/facts.js';
import { openLostReturns } from '../src/domain/orders/lost-returns.js';
import { FOUND_SKU, productGroups, REDEFINING } from '../src/domain/product-groups.js';
import { costsFrom } from '../src/domain/value/costs.js';
import { watchers } from '../src/domain/watchers.js';
import { DAYS_READ } from './ask-sandbox.js';
import type { SandboxSeller } from './sandbox-seller.js';
import { bookOfShipments } from './sandbox-shipments.js';

/** What is read here: a detector that needs anything else keeps silent. */
const READ: readonly SyncResource[] = [
  ...(['ledger', 'reimbursements', 'returns', 'replacements', 'orders', 'transactions'] as const),
  ...(['inboundShipments', 'removalOrders', 'removalShipments'] as const),
];

function coverageOf({ truth: { anchorDay: to } }: SandboxSeller): SyncCoverage {
  const whole: Coverage = { state: 'complete', from: addDays(to, -DAYS_READ), to };
  return Object.fromEntries(READ.map((resource) => [resource, whole]));
}

/**
 * A finding, with what it is about: the Reference ID of the ledger row that it is anchored in, a reimbursement, a shipment,
 * a removal order; empty of what an order is about.
 */
export interface Seen {
  readonly finding: ClaimFinding;
  readonly reference: string;
}

interface Looked {
  readonly seen: readonly Seen[];
  readonly risks: readonly RiskFinding[];
}

const looked = new WeakMap<SandboxSeller, Looked>();

/** What detection finds in a seller's reports at the moment of which its truth speaks. */
export function look(seller: SandboxSeller): readonly Seen[] {
  return lookOnce(seller).seen;
}

/** What it holds to be worth a look, at the same moment, or as it would have been judged some days before. */
export function watch(seller: SandboxSeller, daysBefore = 0): readonly RiskFinding[] {
  if (daysBefore === 0) return lookOnce(seller).risks;
  const asOf = new Date(Date.parse(seller.truth.asOf) - daysBefore * DAY_MS);
  return lookAnew(seller, asOf).risks;
}

const DAY_MS = 86_400_000;

function lookOnce(seller: SandboxSeller): Looked {
  const known = looked.get(seller) ?? lookAnew(seller);
  looked.set(seller, known);
  return known;
}

function lookAnew(seller: SandboxSeller, asOf = new Date(seller.truth.asOf)): Looked {
  const lost = openLostReturns();
  const catalogue = openCatalogue();
  const context: Context = {
    tenantId: 'tenant',
    asOf,
    ...{ coverage: coverageOf(seller), catalogue },
    costs: costsFrom(seller.words.filter((word) => word.kind === 'cost')),
    assertions: seller.words.filter((word) => word.kind === 'loss'),
    lostReturns: lost.byOrder,
  };
  const ofProducts = productsOf(seller).map((facts) => {
    lost.learn(facts);
    catalogue.learn(facts);
    const { findings, risks } = examineProduct(facts, { detectors, watchers }, context);
    const references = new Map([
      ...facts.ledger.map(({ key, data }) => [key, data.referenceId] as const),
      ...facts.reimbursements.map(({ key, data }) => [key, data.reimbursementId] as const),
    ]);
    const seen = findings.map((finding) => ({
      finding,
      reference:
        finding.subject.shipmentId ??
        finding.subject.removalOrderId ??
        references.get(finding.sources[0]?.key ?? '') ??
        '',
    }));
    return { seen, risks };
  });
  const all = [...ofProducts, ...lookAtOrders(seller, context)];
  return { seen: all.flatMap(({ seen }) => seen), risks: all.flatMap(({ risks }) => risks) };
}

/** The products of a seller, those that Amazon made one together. */
function productsOf(seller: SandboxSeller): ProductFacts[] {
  const { ledger, reimbursements, credits, returns, shipments } = seller;
  const keyedLedger = keyed('ledger', ledger);
  const rows = groupBy(keyedLedger, ({ data }) => data.fnsku);
  const payments = groupBy(keyed('reimbursement', reimbursements), ({ data }) => data.fnsku);
  const back = groupBy(keyed('customerReturn', returns), ({ data }) => data.fnsku);
  const adjustments = groupBy(keyed('transaction', credits), ({ data }) => data.items[0]?.sku);
  const ofShipments = bookOfShipments(shipments, keyedLedger);
  const groups = groupsIn(ledger);
  const named = [...shipments.items, ...shipments.removalOrders].map(({ fnsku }) => fnsku);
  return [...new Set([...rows.keys(), ...back.keys(), ...named])].flatMap((fnsku) => {
    const members = groups.get(fnsku) ?? [fnsku];
    if (members[0] !== fnsku) return [];
    const own = members.flatMap((member) => rows.get(member) ?? []);
    const shipped = ofShipments(new Set(members));
    return {
      ...NO_PRODUCT_FACTS,
      ...shipped,
      ledger: own,
      reimbursements: members.flatMap((member) => payments.get(member) ?? []),
      returns: members.flatMap((member) => back.get(member) ?? []),
      transactions: [
        ...[...new Set(own.map(({ data }) => data.sku))].flatMap(
          (sku) => adjustments.get(sku) ?? [],
        ),
        ...shipped.transactions,
      ],
    };
  });
}

function groupsIn(ledger: SandboxSeller['ledger']) {
  const redefining = new Set<string>(REDEFINING);
  const found = ledger.filter(({ sku }) => sku.startsWith(FOUND_SKU));
  return productGroups(
    [...found, ...ledger.filter(({ reason }) => redefining.has(reason))],
    ledger.filter(({ asin }) => found.some((row) => row.asin === asin)),
  );
}

/** Orders by their money alone: who shipped them and where they were sold, transactions tell as well. */
function lookAtOrders(seller: SandboxSeller, context: Context): readonly Looked[] {
  const returns = groupBy(seller.returns, ({ orderId }) => orderId);
  const paid = groupBy(seller.reimbursements, ({ orderId }) => orderId ?? '');
  const replaced = groupBy(seller.replacements, ({ originalOrderId }) => originalOrderId);
  return [...groupBy(seller.transactions, ({ orderId }) => orderId ?? '')].map(
    ([orderId, transactions]) => {
      const replacements = replaced.get(orderId) ?? [];
      const ids = [orderId, ...replacements.map(({ replacementOrderId }) => replacementOrderId)];
      const order = {
        ...{ orderId, order: null, items: [] },
        transactions: keyed('transaction', transactions),
        replacements: keyed('replacement', replacements),
        returns: keyed(
          'customerReturn',
          ids.flatMap((id) => returns.get(id) ?? []),
        ),
        reimbursements: keyed(
          'reimbursement',
          ids.flatMap((id) => paid.get(id) ?? []),
        ),
      };
      const { findings, risks } = examineKey('order', order, { detectors, watchers, context });
      return { seen: findings.map((finding) => ({ finding, reference: '' })), risks };
    },
  );
}

function keyed<K extends FactKind>(kind: K, data: readonly FactData[K][]): Keyed<FactData[K]>[] {
  return identify(kind, data) as Keyed<FactData[K]>[];
}

/** As texts in a fixed order, so that two lists compare whatever their orders. */
export function sorted(list: readonly unknown[]): string[] {
  return list.map((item) => JSON.stringify(item)).sort();
}
