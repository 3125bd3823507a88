import type { RawAnswer } from '@recoup/facts';
import { allowed, scalars, type AllowList } from './allow-list.js';

const amount = scalars('currencyAmount', 'currencyCode');
const breakdown: AllowList = {
  ...scalars('breakdownType'),
  breakdownAmount: amount,
  get breakdowns() {
    return breakdown;
  },
};
/** Of products, deferrals and times. How something was paid for is not kept. */
const context = scalars(
  ...(['contextType', 'asin', 'sku', 'quantityShipped', 'fulfillmentNetwork'] as const),
  ...(['deferralReason', 'maturityDate', 'startTime', 'endTime'] as const),
);

/** What of a transaction of 2024-06-19 is kept. */
const OF_TRANSACTION: AllowList = {
  ...scalars('transactionId', 'transactionType', 'transactionStatus', 'description', 'postedDate'),
  totalAmount: amount,
  sellingPartnerMetadata: scalars('accountType', 'marketplaceId'),
  marketplaceDetails: scalars('marketplaceId', 'marketplaceName'),
  relatedIdentifiers: scalars('relatedIdentifierName', 'relatedIdentifierValue'),
  items: {
    ...scalars('description'),
    totalAmount: amount,
    relatedIdentifiers: scalars('itemRelatedIdentifierName', 'itemRelatedIdentifierValue'),
    contexts: context,
    breakdowns: breakdown,
  },
  contexts: context,
  breakdowns: breakdown,
};

/** What is kept of a transaction as Amazon sent it. */
export function rawTransaction(original: unknown): RawAnswer | null {
  return allowed(original, OF_TRANSACTION);
}
