import { isOfOrder, type Coverage, type SyncResource } from '@recoup/contracts';
import type { ClaimFinding } from '@recoup/domain';
import { identify, type FactKind } from '@recoup/facts';
import { openCatalogue } from '../src/domain/catalogue.js';
import type { Context } from '../src/domain/context.js';
import { examineKey, examineProduct } from '../src/domain/examine.js';
import { NO_PRODUCT_FACTS, type Keyed, type OrderFacts } from '../src/domain/facts.js';
import { openChargeBook } from '../src/domain/fees/charge-book.js';
import { fulfilmentFeeOvercharge } from '../src/domain/fees/fulfilment-fee-overcharge.js';
import { referralFeeError } from '../src/domain/fees/referral-fee-error.js';
import { storageFeeOvercharge } from '../src/domain/fees/storage-fee-overcharge.js';
import { NO_COSTS } from '../src/domain/value/costs.js';
import type { SandboxFees } from './sandbox-fees.js';

const detectors = [fulfilmentFeeOvercharge, storageFeeOvercharge, referralFeeError];
const whole: Coverage = { state: 'complete', from: null, to: null };
const READ: readonly SyncResource[] = ['transactions', 'feePreview', 'storageFees'];

/** What is known besides the facts, at an instant. */
export function contextAt(asOf: string): Context {
  return {
    tenantId: 'tenant',
    asOf: new Date(asOf),
    coverage: Object.fromEntries(READ.map((source) => [source, whole])),
    costs: NO_COSTS,
    lostReturns: new Map(),
    catalogue: openCatalogue(),
    assertions: [],
  };
}

/** What detection finds in what Amazon says of a seller's fees, at the moment of which its truth speaks. */
export function lookAtFees(fees: SandboxFees): ClaimFinding[] {
  const context = contextAt(fees.truth.asOf);
  const book = openChargeBook();
  const products = productsOf(fees).flatMap((product) => {
    book.learn(product);
    return examineProduct(product, { detectors }, context).findings;
  });
  for (const order of ordersOf(fees)) book.add(order);
  const charges = [...book.all()].flatMap(
    (sku) => examineKey('charges', sku, { detectors, context }).findings,
  );
  return [...products, ...charges];
}

function productsOf({ feePreviews, storageFees }: SandboxFees) {
  const previews = groups('feePreview', feePreviews, ({ fnsku }) => fnsku);
  const stored = groups('storageFee', storageFees, ({ fnsku }) => fnsku);
  return [...new Set([...previews.keys(), ...stored.keys()])].map((fnsku) => ({
    ...NO_PRODUCT_FACTS,
    feePreviews: previews.get(fnsku) ?? [],
    storageFees: stored.get(fnsku) ?? [],
  }));
}

function ordersOf({ transactions }: SandboxFees): OrderFacts[] {
  const ofOrders = transactions.filter(({ type }) => isOfOrder(type));
  return [...groups('transaction', ofOrders, ({ orderId }) => orderId ?? '')].map(
    ([orderId, own]) => ({
      orderId,
      order: null,
      items: [],
      transactions: own,
      returns: [],
      replacements: [],
      reimbursements: [],
    }),
  );
}

function groups<T extends object>(
  kind: FactKind,
  rows: readonly T[],
  of: (row: T) => string,
): Map<string, Keyed<T>[]> {
  const identified = identify(kind, rows as never) as unknown as Keyed<T>[];
  const all = new Map<string, Keyed<T>[]>();
  for (const row of identified) {
    const list = all.get(of(row.data)) ?? [];
    list.push(row);
    all.set(of(row.data), list);
  }
  return all;
}
