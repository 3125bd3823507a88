import type { Context } from '../context.js';
import type { OrderFacts } from '../facts.js';
import type { Subject } from '../judge.js';
import type { OrderLine } from './order-line.js';

/**
 * What a claim about a line is about. Transactions and orders name no FNSKU: it is that of what came back or was paid, else
 * the one that the ledger knows the SKU by; empty where neither tells.
 */
export function subjectOf(
  { sku, returns, payments }: OrderLine,
  { orderId, items }: OrderFacts,
  { catalogue }: Context,
): Pick<Subject, 'fnsku' | 'sku' | 'asin' | 'productName' | 'orderId'> {
  const named = [
    ...items,
    ...returns,
    ...payments.map(({ payment }) => payment),
    ...entriesOf(catalogue.of(sku)),
  ]
    .map(({ data }): Names => data)
    .filter((data) => data.sku === undefined || data.sku === sku);
  const firstOf = (name: keyof Names) => named.map((data) => data[name]).find(Boolean) ?? '';
  return {
    sku,
    orderId,
    fnsku: firstOf('fnsku'),
    asin: firstOf('asin'),
    productName: firstOf('productName') || firstOf('title'),
  };
}

/** By what rows of several kinds call a product. */
interface Names {
  readonly sku?: string;
  readonly fnsku?: string;
  readonly asin?: string;
  readonly productName?: string;
  readonly title?: string | null;
}

function entriesOf(data: Names | null): readonly { readonly data: Names }[] {
  return data ? [{ data }] : [];
}
