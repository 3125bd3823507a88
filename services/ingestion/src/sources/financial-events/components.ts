import type { TransactionAmount } from '@recoup/contracts';
import type {
  Charges,
  Currency,
  Fees,
  Promotions,
  TaxesWithheld,
} from '../../amazon/financial-event-schemas.js';
import { decimalOf, sumOfDecimals } from '../decimal.js';
import { wordOf } from '../transaction-words.js';

/** An amount under its word; none where Amazon gives no amount or no currency, for unknown is not zero. */
export function amountOf(
  word: string | null | undefined,
  currency: Currency | undefined,
): TransactionAmount[] {
  const { CurrencyAmount: given, CurrencyCode: code } = currency ?? {};
  if (given === null || given === undefined || !code) return [];
  const amount = sumOfDecimals([decimalOf(given, 'an amount of a financial event')]);
  return [{ type: wordOf(word || 'Other', amount), amount, currency: code }];
}

export function ofCharges(...lists: readonly Charges[]): TransactionAmount[] {
  return lists.flatMap((list) =>
    (list ?? []).flatMap((one) => amountOf(one.ChargeType, one.ChargeAmount)),
  );
}

export function ofFees(...lists: readonly Fees[]): TransactionAmount[] {
  return lists.flatMap((list) =>
    (list ?? []).flatMap((one) => amountOf(one.FeeType, one.FeeAmount)),
  );
}

/** Promotions name themselves by the seller's words; all of them are of one kind. */
export function ofPromotions(...lists: readonly Promotions[]): TransactionAmount[] {
  return lists.flatMap((list) =>
    (list ?? []).flatMap((one) => amountOf('Promotion', one.PromotionAmount)),
  );
}

export function ofTaxesWithheld(list: TaxesWithheld): TransactionAmount[] {
  return (list ?? []).flatMap(({ TaxesWithheld: taxes }) => ofCharges(taxes));
}
