import type { TransactionFact } from '@recoup/contracts';
import { UnexpectedAnswer } from '../amazon/errors.js';
import type { AmazonBreakdown, AmazonTransaction } from '../amazon/transactions.js';
import { decimalOf } from './decimal.js';
import { instantOf } from './instant.js';

type AmazonItem = NonNullable<AmazonTransaction['items']>[number];
type AmazonCurrency = AmazonTransaction['totalAmount'];
type Breakdown = TransactionFact['breakdowns'][number];

/**
 * A transaction as the facts keep it. A deferred one and its release are two, linked by their identifiers. Throws
 * UnexpectedAnswer for one without an id: read again it would be counted again.
 */
export function transactionFact(transaction: AmazonTransaction): TransactionFact {
  const identifiers = (transaction.relatedIdentifiers ?? []).map((identifier) => ({
    name: identifier.relatedIdentifierName ?? '',
    value: identifier.relatedIdentifierValue ?? '',
  }));
  return {
    transactionId: idOf(transaction),
    type: transaction.transactionType,
    status: transaction.transactionStatus ?? '',
    description: transaction.description ?? '',
    postedAt: instantOf(transaction.postedDate, 'postedDate'),
    total: moneyOf(transaction.totalAmount),
    marketplaceId: marketplaceOf(transaction),
    orderId: identifiers.find(({ name }) => name === 'ORDER_ID')?.value ?? null,
    identifiers,
    items: (transaction.items ?? []).map(itemOf),
    breakdowns: (transaction.breakdowns ?? []).map(breakdownOf),
  };
}

function idOf({ transactionId, transactionType }: AmazonTransaction): string {
  if (transactionId) return transactionId;
  throw new UnexpectedAnswer(`listTransactions: a ${transactionType} has no transactionId`);
}

function marketplaceOf(transaction: AmazonTransaction): string | null {
  return (
    transaction.marketplaceDetails?.marketplaceId ??
    transaction.sellingPartnerMetadata?.marketplaceId ??
    null
  );
}

function itemOf(item: AmazonItem): TransactionFact['items'][number] {
  const product = item.contexts?.find((context) => context.sku ?? context.asin);
  return {
    sku: product?.sku ?? null,
    asin: product?.asin ?? null,
    quantity: product?.quantityShipped ?? null,
    total: item.totalAmount ? moneyOf(item.totalAmount) : null,
  };
}

function breakdownOf(breakdown: AmazonBreakdown): Breakdown {
  return {
    type: breakdown.breakdownType,
    amount: moneyOf(breakdown.breakdownAmount),
    children: (breakdown.breakdowns ?? []).map(breakdownOf),
  };
}

function moneyOf({ currencyAmount, currencyCode }: AmazonCurrency): {
  amount: string;
  currency: string;
} {
  const amount = decimalOf(currencyAmount, 'an amount of a transaction');
  return { amount, currency: currencyCode };
}
