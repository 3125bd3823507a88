import { feeEstimateFactSchema } from '@recoup/contracts';
import { describe, expect, it } from 'vitest';
import { feesEstimatesSchema, type AmazonFeesEstimate } from '../amazon/fees.js';
import { feeEstimateFact } from './fee-estimate-fact.js';

const question = {
  marketplaceId: 'ATVPDKIKX0DER',
  sku: 'SKU-1',
  price: { amount: '19.99', currency: 'USD' },
};
const usd = (Amount: number) => ({ CurrencyCode: 'USD', Amount });

/** An answer to the question as Amazon's model has it, read as the client reads it. */
function answer(rest: object): AmazonFeesEstimate {
  const FeesEstimateIdentifier = { SellerInputIdentifier: 'SKU-1', IdType: 'SellerSKU' };
  const [read] = feesEstimatesSchema.parse([{ FeesEstimateIdentifier, ...rest }]);
  if (!read) throw new Error('no answer');
  return read;
}

describe('the fact of a fee estimate', () => {
  const fulfilment = {
    FeeType: 'FBAPickAndPack',
    FeeAmount: usd(5.4),
    FeePromotion: usd(0.4),
    FinalFee: usd(5),
  };
  const estimate = answer({
    Status: 'Success',
    FeesEstimate: {
      TimeOfFeesEstimation: 'Mon Oct 28 18:49:32 UTC 2019',
      TotalFeesEstimate: usd(8),
      FeeDetailList: [
        { FeeType: 'ReferralFee', FeeAmount: usd(3), TaxAmount: usd(0.00000012), FinalFee: usd(3) },
        { ...fulfilment, FeeType: 'FBAFees', IncludedFeeDetailList: [fulfilment] },
      ],
    },
    Error: { Type: '', Code: '', Message: '', Detail: [] },
  });

  it('given a success, then each fee with what is within it, as decimals, and no word of its empty error', () => {
    const fact = feeEstimateFact(question, estimate);
    const money = (amount: string) => ({ amount, currency: 'USD' });
    const included = {
      type: 'FBAPickAndPack',
      amount: money('5.4'),
      promotion: money('0.4'),
      tax: null,
      final: money('5'),
      included: [],
    };
    expect(feeEstimateFactSchema.parse(fact)).toEqual({
      marketplaceId: 'ATVPDKIKX0DER',
      sku: 'SKU-1',
      result: {
        status: 'Success',
        price: money('19.99'),
        error: null,
        total: money('8'),
        details: [
          {
            type: 'ReferralFee',
            amount: money('3'),
            promotion: null,
            tax: money('0.00000012'),
            final: money('3'),
            included: [],
          },
          { ...included, type: 'FBAFees', included: [included] },
        ],
      },
    });
  });

  it('given it is asked at another time, then the fact is the same', () => {
    const later = answer({
      ...estimate,
      FeesEstimate: { ...estimate.FeesEstimate, TimeOfFeesEstimation: '2026-03-10T10:00:00Z' },
    });
    expect(feeEstimateFact(question, later)).toEqual(feeEstimateFact(question, estimate));
  });

  it.each([
    [{ Code: 'InvalidParameterValue', Message: 'Not listed.' }, 'Not listed.'],
    [{ Code: 'InvalidParameterValue', Message: '' }, 'InvalidParameterValue'],
    [undefined, null],
  ])('given a refusal with the error %o, then its words and no fee', (error, said) => {
    const refused = answer({ Status: 'ClientError', Error: error });
    expect(feeEstimateFact(question, refused).result).toEqual({
      status: 'ClientError',
      price: question.price,
      error: said,
      total: null,
      details: null,
    });
  });

  it('given a success without fees, then they are unknown and not zero', () => {
    const { result } = feeEstimateFact(question, answer({ Status: 'Success' }));
    expect(result).toMatchObject({ total: null, details: null });
  });
});
