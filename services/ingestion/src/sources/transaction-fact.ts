import type { TransactionAmount } from '@recoup/contracts';
import type { AmazonBreakdown, AmazonTransaction } from '../amazon/transactions.js';
import { decimalOf, sumOfDecimals } from './decimal.js';
import { secondOf } from './instant.js';
import type { DraftTransaction } from './numbered-transactions.js';
import { unexplained } from './transaction-amounts.js';
import { columnsOfItems, type DraftItem } from './transaction-items.js';
import { typeOf, wordOf, wordOfPath } from './transaction-words.js';

type AmazonItem = NonNullable<AmazonTransaction['items']>[number];
type AmazonCurrency = NonNullable<AmazonTransaction['totalAmount']>;

/** A transaction of `listTransactions` as the facts keep it. */
export function transactionDraft(transaction: AmazonTransaction): DraftTransaction['data'] {
  const type = typeOf(transaction.transactionType);
  const postedAt = secondOf(transaction.postedDate, 'postedDate');
  const identifiers = (transaction.relatedIdentifiers ?? []).map((identifier) => ({
    name: identifier.relatedIdentifierName ?? '',
    value: identifier.relatedIdentifierValue ?? '',
  }));
  const total = moneyOrNull(transaction.totalAmount);
  const leaves = (transaction.breakdowns ?? []).flatMap((one) => leavesOf(one, []));
  const items = (transaction.items ?? []).map((item) => itemOf(item, leaves));
  return {
    type,
    ...statusOf(transaction),
    postedDay: postedAt.slice(0, 10),
    postedAt,
    total,
    ...columnsOfItems(type, items, amountsOfWhole(total, { items, leaves })),
    orderId: identifiers.find(({ name }) => name === 'ORDER_ID')?.value ?? null,
    transactionId: transaction.transactionId ?? null,
    description: transaction.description ?? null,
    marketplaceId: marketplaceOf(transaction),
    identifiers,
    reason: null,
  };
}

function marketplaceOf(transaction: AmazonTransaction): string | null {
  return (
    transaction.marketplaceDetails?.marketplaceId ??
    transaction.sellingPartnerMetadata?.marketplaceId ??
    null
  );
}

function statusOf({
  transactionStatus,
  contexts,
}: AmazonTransaction): Pick<DraftTransaction['data'], 'held' | 'status' | 'deferredUntil'> {
  const maturity = contexts?.find(({ maturityDate }) => maturityDate)?.maturityDate;
  return {
    held: transactionStatus === 'DEFERRED' || transactionStatus === 'DEFERRED_RELEASED',
    status: transactionStatus ?? null,
    deferredUntil: maturity ? secondOf(maturity, 'maturityDate') : null,
  };
}

/**
 * What is about no item. Amazon breaks the whole down once more by headings, which would count everything twice: only what
 * the items leave unexplained is taken from there.
 */
function amountsOfWhole(
  total: DraftTransaction['data']['total'],
  { items, leaves }: { items: readonly DraftItem[]; leaves: readonly TransactionAmount[] },
): TransactionAmount[] {
  const explained = items.length > 0 ? items.flatMap(({ amounts }) => amounts) : leaves;
  const rest = unexplained(total, explained);
  return [...(items.length > 0 ? [] : leaves), ...(rest ? [{ ...rest, type: 'Other' }] : [])];
}

/** An item; one that Amazon does not break down is, with its total, of the kind that the whole is of. */
function itemOf(item: AmazonItem, ofWhole: readonly TransactionAmount[]): DraftItem {
  const amounts = (item.breakdowns ?? []).flatMap((one) => leavesOf(one, []));
  const rest = unexplained(moneyOrNull(item.totalAmount), amounts);
  const kinds = new Set(ofWhole.map(({ type }) => type));
  const [only] = amounts.length === 0 && kinds.size === 1 ? kinds : ['Other'];
  return {
    ...productOf(item),
    fnsku: null,
    orderItemId: null,
    amounts: rest ? [...amounts, { ...rest, type: only ?? 'Other' }] : amounts,
  };
}

function productOf({ contexts }: AmazonItem): Pick<DraftItem, 'sku' | 'asin' | 'quantity'> {
  const product = contexts?.find((context) => context.sku ?? context.asin);
  return {
    sku: product?.sku ?? null,
    asin: product?.asin ?? null,
    quantity: product?.quantityShipped ?? null,
  };
}

/** The ends of a tree of breakdowns, and what a branch holds beyond its parts: together they are the whole tree. */
function leavesOf(breakdown: AmazonBreakdown, above: readonly string[]): TransactionAmount[] {
  const path = [...above, breakdown.breakdownType];
  const { amount, currency } = moneyOf(breakdown.breakdownAmount);
  const named = (decimal: string): TransactionAmount => ({
    type: wordOf(wordOfPath(path), decimal),
    amount: decimal,
    currency,
  });
  const parts = breakdown.breakdowns ?? [];
  if (parts.length === 0) return [named(amount)];
  const leaves = parts.flatMap((part) => leavesOf(part, path));
  const rest = unexplained({ amount, currency }, leaves);
  return rest ? [...leaves, named(rest.amount)] : leaves;
}

function moneyOrNull(
  currency: AmazonTransaction['totalAmount'],
): DraftTransaction['data']['total'] {
  return currency ? moneyOf(currency) : null;
}

function moneyOf({ currencyAmount, currencyCode }: AmazonCurrency): {
  amount: string;
  currency: string;
} {
  const amount = decimalOf(currencyAmount, 'an amount of a transaction');
  return { amount: sumOfDecimals([amount]), currency: currencyCode };
}
