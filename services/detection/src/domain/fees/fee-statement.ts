import type { FeeEstimateFact, FeePreviewFact, SourceRef } from '@recoup/contracts';
import { minorOf } from '@recoup/kernel';
import { marketplaceOfCountry, marketplaceOfId, type MarketplaceRow } from '@recoup/domain';
import { distinct, type Keyed, type ProductFacts } from '../facts.js';
import { percentOf } from './amounts.js';
import { sizeHistory, type SizeHistory } from './measured-size.js';

/** What Amazon itself states to be right for a product in a marketplace. Minor units of its currency. */
export interface FeeStatement {
  readonly marketplace: MarketplaceRow;
  readonly sku: string;
  readonly fnsku: string;
  readonly asin: string;
  readonly productName: string;
  /** The price that the fees are stated for. */
  readonly price: bigint;
  /** For shipping one unit within the country. */
  readonly fulfilment: bigint | null;
  /** Hundredths of the price; null where no whole number explains the commission: a least fee, a rate in tiers. */
  readonly referralPercent: bigint | null;
  readonly sizes: SizeHistory;
  readonly source: SourceRef;
}

/** What the fee preview states of a product, and the fees operation where it was asked, too. */
export function feeStatements(product: ProductFacts): readonly FeeStatement[] {
  return distinct(product.feePreviews).flatMap((preview) => statementOf(preview, product) ?? []);
}

function statementOf(
  { key, data }: Keyed<FeePreviewFact>,
  product: ProductFacts,
): FeeStatement | null {
  const marketplace = marketplaceOfId(data.marketplaceId);
  if (!marketplace || data.currency !== marketplace.currency) return null;
  const { currency, network } = marketplace;
  const price = minorOf(data.price, currency);
  if (price === null || price <= 0n || !hasOnePrice(data)) return null;
  const estimate = product.feeEstimates.find(
    (one) => one.data.marketplaceId === data.marketplaceId && one.data.sku === data.sku,
  )?.data.result;
  const stored = product.storageFees
    .map((row) => row.data)
    .filter(
      ({ fnsku, country }) =>
        fnsku === data.fnsku && marketplaceOfCountry(country)?.network === network,
    );
  return {
    marketplace,
    sku: data.sku,
    fnsku: data.fnsku,
    asin: data.asin,
    productName: data.productName,
    price,
    fulfilment: larger(
      minorOf(data.fulfillmentPerUnit, currency),
      estimatedFee(estimate, FULFILMENT, currency),
    ),
    referralPercent: agreed(
      wholePercent(minorOf(data.referralPerUnit, currency), price),
      estimatedPercent(estimate, currency),
    ),
    sizes: sizeHistory(stored, data.measure),
    source: { kind: 'feePreview', key },
  };
}

/** Amazon does not say which of two prices it reckoned with. */
function hasOnePrice({ price, salesPrice }: FeePreviewFact): boolean {
  return salesPrice === null || Number(salesPrice) === Number(price);
}

type Estimate = FeeEstimateFact['result'];

/** All that fulfilment by Amazon takes for a unit: no less than the fee for shipping it. */
const FULFILMENT = 'FBAFees';
const REFERRAL = 'ReferralFee';

function estimatedFee(
  estimate: Estimate | undefined,
  type: string,
  currency: string,
): bigint | null {
  const found = estimate?.details?.find((detail) => detail.type === type);
  return found?.amount.currency === currency ? minorOf(found.amount.amount, currency) : null;
}

/** Undefined where Amazon was not asked or refused; null where it says a fee that no whole number explains. */
function estimatedPercent(
  estimate: Estimate | undefined,
  currency: string,
): bigint | null | undefined {
  const fee = estimatedFee(estimate, REFERRAL, currency);
  if (!estimate || fee === null || estimate.price.currency !== currency) return undefined;
  return wholePercent(fee, minorOf(estimate.price.amount, currency));
}

/** The number of hundredths of a price that a fee is, if it is a whole one. Amazon's rates are. */
export function wholePercent(fee: bigint | null, price: bigint | null): bigint | null {
  if (fee === null || price === null || fee <= 0n || price <= 0n) return null;
  const percent = (fee * 200n + price) / (price * 2n);
  return percent > 0n && percentOf(price, percent) === fee ? percent : null;
}

/** Of two statements about one fee the one that leaves less to claim. */
function larger(a: bigint | null, b: bigint | null): bigint | null {
  if (a === null || b === null) return a;
  return a > b ? a : b;
}

/** Two statements that contradict each other state nothing. */
function agreed(a: bigint | null, b: bigint | null | undefined): bigint | null {
  return b === undefined || a === b ? a : null;
}
