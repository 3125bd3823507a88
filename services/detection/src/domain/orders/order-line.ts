import type { ReplacementFact } from '@recoup/contracts';
import type { Network } from '@recoup/domain';
import { compareText, distinct, type CustomerReturn, type Keyed } from '../facts.js';
import type { OrderFacts } from '../facts.js';
import { netPayments, type NetPayment } from '../payments/net-payments.js';
import { amountsOf, postedMs, type Amounts, type Transaction } from './sale.js';

/** All that is known of the units of one SKU in one order. Lines of an order that are of one SKU cannot be told apart. */
export interface OrderLine {
  readonly sku: string;
  /** What its shipments brought and were charged; null where they are not known. */
  readonly sale: Amounts | null;
  /** When its first units left, held money or not; null where nothing says that any did. */
  readonly shippedMs: number | null;
  readonly refunds: readonly Transaction[];
  readonly replacements: readonly Keyed<ReplacementFact>[];
  readonly returns: readonly CustomerReturn[];
  /** What Amazon paid for it, less what it took back: a unit whose payment was reversed is owed again. */
  readonly payments: readonly NetPayment[];
  /** Whether a return or payment names the order and a product that is none of it: it is then set off against each line. */
  readonly doubtful: boolean;
}

/** By these a buyer or a bank gets the money back whether or not anything is returned: nobody's claim here. */
const DISPUTES: ReadonlySet<string> = new Set(['GuaranteeClaim', 'Chargeback', 'Retrocharge']);

/**
 * The lines of an order that Amazon fulfilled. None where the merchant did, where nothing says who did, and where the buyer
 * disputed the order.
 */
export function linesOf(facts: OrderFacts, network: Network): readonly OrderLine[] {
  const transactions = distinct(facts.transactions);
  if (transactions.some(({ data }) => DISPUTES.has(data.type))) return [];
  const shipments = transactions.filter(({ data }) => data.type === 'Shipment');
  if (!isByAmazon(facts, shipments)) return [];
  const skus = new Set([
    ...shipments.flatMap(({ data }) => data.items.map(({ sku }) => sku)),
    ...facts.items.map(({ data }) => data.sku),
  ]);
  const refunds = transactions.filter(({ data }) => data.type === 'Refund' && !data.held);
  const returned = bySku(distinct(facts.returns), skus);
  const payments = netPayments(distinct(facts.reimbursements), network);
  const settling = payments.filter(({ family }) => family === 'order');
  const paid = bySku(
    settling.map((net) => ({ net, data: net.payment.data })),
    skus,
  );
  const replaced = bySku(distinct(facts.replacements), skus);
  const doubtful = returned.of(null).length + paid.of(null).length > 0;
  return [...skus].sort(compareText).map((sku) => {
    const own = shipments.filter((one) => names(one, sku));
    return {
      sku,
      sale: amountsOf(own, sku),
      shippedMs: own.length === 0 ? null : Math.min(...own.map(postedMs)),
      refunds: refunds.filter((one) => names(one, sku)),
      replacements: replaced.of(sku),
      returns: [...returned.of(sku), ...returned.of(null)],
      payments: [...paid.of(sku), ...paid.of(null)].map(({ net }) => net),
      doubtful,
    };
  });
}

/** A fulfilment fee is charged for what Amazon ships, and for nothing else. */
function isByAmazon({ order }: OrderFacts, shipments: readonly Transaction[]): boolean {
  const said = order?.data.fulfilledBy;
  if (said) return said === 'AMAZON';
  const types = shipments.flatMap(({ data }) => data.items.flatMap(({ amounts }) => amounts));
  return types.some(({ type }) => type === 'FBAPerUnitFulfillmentFee');
}

function names({ data }: Transaction, sku: string): boolean {
  return data.items.some((item) => item.sku === sku);
}

/** Rows by the SKU of the order that they are about; under null those about no SKU of it. */
function bySku<T extends { readonly data: { readonly sku: string } }>(
  rows: readonly T[],
  skus: ReadonlySet<string>,
) {
  const grouped = new Map<string | null, T[]>();
  for (const row of rows) {
    const sku = soldAs(row.data.sku, skus);
    const rowsOfSku = grouped.get(sku);
    if (rowsOfSku) rowsOfSku.push(row);
    else grouped.set(sku, [row]);
  }
  return { of: (sku: string | null): readonly T[] => grouped.get(sku) ?? [] };
}

/** What Amazon grades and sells on as used it calls `amzn.gr.`, the SKU it was sold under, and more. */
export function soldAs(sku: string, skus: ReadonlySet<string>): string | null {
  if (skus.has(sku)) return sku;
  return [...skus].find((one) => sku.startsWith(`${GRADED}${one}`)) ?? null;
}

/** Begins the SKU of a returned unit that Amazon sells on as used, under a product of its own. */
export const GRADED = 'amzn.gr.';
