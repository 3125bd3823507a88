import type { FeeEstimateFact } from '@recoup/contracts';
import type { AmazonFeeDetail, AmazonFeesEstimate, FeesQuestion } from '../amazon/fees.js';
import { decimalOf } from './decimal.js';

type Detail = NonNullable<FeeEstimateFact['result']['details']>[number];

/** What Amazon answered for a product, or why it refused to. Throws UnexpectedAnswer for an amount that is none. */
export function feeEstimateFact(
  { marketplaceId, sku, price }: FeesQuestion,
  answer: AmazonFeesEstimate,
): FeeEstimateFact {
  const said = answer.Status === 'Success' ? estimated(answer) : refused(answer);
  return { marketplaceId, sku, result: { status: answer.Status, price, ...said } };
}

type Said = Pick<FeeEstimateFact['result'], 'error' | 'total' | 'details'>;

/** A success has an error, too: one whose words are empty. */
function estimated({ FeesEstimate: estimate }: AmazonFeesEstimate): Said {
  const total = estimate?.TotalFeesEstimate;
  return {
    error: null,
    total: total ? moneyOf(total) : null,
    details: estimate?.FeeDetailList?.map(detailOf) ?? null,
  };
}

function refused({ Error: error }: AmazonFeesEstimate): Said {
  return { error: error?.Message || error?.Code || null, total: null, details: null };
}

function detailOf(detail: AmazonFeeDetail): Detail {
  return {
    type: detail.FeeType,
    amount: moneyOf(detail.FeeAmount),
    promotion: detail.FeePromotion ? moneyOf(detail.FeePromotion) : null,
    tax: detail.TaxAmount ? moneyOf(detail.TaxAmount) : null,
    final: moneyOf(detail.FinalFee),
    included: (detail.IncludedFeeDetailList ?? []).map(detailOf),
  };
}

function moneyOf({ Amount, CurrencyCode }: AmazonFeeDetail['FeeAmount']) {
  return { amount: decimalOf(Amount, 'an estimated fee'), currency: CurrencyCode };
}
