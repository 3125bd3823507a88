import { z } from 'zod';
import { rightFulfilmentCents } from '../fees/charges.js';
import { referralCents } from '../fees/referral-fee.js';
import type { Product } from '../world/product.js';
import type { World } from '../world/world.js';
import { ok, type Answer, type Call, type Operation } from '../wire/operation.js';
import { parse } from '../wire/query.js';
import { KNOWN_MARKETPLACE_IDS } from '../world/marketplaces.js';
import { invalidInput } from '../wire/sp-api-error.js';

/** Amazon takes so many products at once. */
const MOST = 20;

const moneySchema = z.object({ CurrencyCode: z.string(), Amount: z.number().nonnegative() });
const requestSchema = z.object({
  FeesEstimateRequest: z.object({
    MarketplaceId: z.string(),
    IsAmazonFulfilled: z.boolean().optional(),
    PriceToEstimateFees: z.object({
      ListingPrice: moneySchema,
      Shipping: moneySchema.optional(),
      Points: z.object({ PointsNumber: z.int() }).loose().optional(),
    }),
    Identifier: z.string(),
    OptionalFulfillmentProgram: z.enum(['FBA_CORE', 'FBA_SNL', 'FBA_EFN']).optional(),
  }),
  IdType: z.enum(['ASIN', 'SellerSKU']),
  IdValue: z.string(),
});
type Request = z.infer<typeof requestSchema>;

interface Money {
  readonly CurrencyCode: string;
  readonly Amount: number;
}

/** What products would be charged at a price. Each has an answer of its own, in the order in which they were asked. */
export const getMyFeesEstimates: Operation = {
  name: 'getMyFeesEstimates',
  method: 'POST',
  path: '/products/fees/v0/feesEstimate',
  handle,
};

function handle({ deps, world, sellerId, nowMs, body }: Call): Answer {
  const asked = parse(z.array(requestSchema).min(1), body);
  if (asked.length > MOST) throw invalidInput(`At most ${MOST} products can be asked at once.`);
  for (const { FeesEstimateRequest } of asked) {
    if (!KNOWN_MARKETPLACE_IDS.has(FeesEstimateRequest.MarketplaceId)) {
      throw invalidInput('Incorrect Marketplace identifier.');
    }
  }
  return ok(
    asked.map((request) => {
      const failing = deps.faults.ofEffect('getMyFeesEstimates', sellerId, ['service_error']);
      if (failing) return failed(request, sellerId, SERVICE_ERROR);
      return answerTo(request, { world, sellerId, nowMs });
    }),
  );
}

const SERVICE_ERROR = {
  status: 'ServiceError',
  error: { Type: 'Receiver', Code: 'InternalFailure', Message: 'An internal error occurred.' },
};
const UNKNOWN_PRODUCT = {
  status: 'ClientError',
  error: {
    Type: 'Sender',
    Code: 'InvalidParameterValue',
    Message: 'The product is not listed in this marketplace.',
  },
};
const OTHER_CURRENCY = {
  status: 'ClientError',
  error: {
    Type: 'Sender',
    Code: 'InvalidParameterValue',
    Message: 'The currency is not that of the marketplace.',
  },
};

function answerTo(
  request: Request,
  { world, sellerId, nowMs }: { world: World; sellerId: string; nowMs: number },
) {
  const { MarketplaceId, PriceToEstimateFees } = request.FeesEstimateRequest;
  const product = world.products.find(
    (one) =>
      one.marketplace.id === MarketplaceId &&
      request.IdValue === (request.IdType === 'ASIN' ? one.asin : one.sku),
  );
  if (!product) return failed(request, sellerId, UNKNOWN_PRODUCT);
  if (PriceToEstimateFees.ListingPrice.CurrencyCode !== product.marketplace.currency) {
    return failed(request, sellerId, OTHER_CURRENCY);
  }
  const details = detailsOf(product, request.FeesEstimateRequest, nowMs);
  const cents = details.reduce((sum, fee) => sum + fee.cents, 0);
  const money = moneyIn(product.marketplace.currency);
  return {
    Status: 'Success',
    FeesEstimateIdentifier: identifierOf(request, sellerId),
    FeesEstimate: {
      TimeOfFeesEstimation: new Date(nowMs).toISOString(),
      TotalFeesEstimate: money(cents),
      FeeDetailList: details.map((fee) => feeDetail(fee.type, money(fee.cents), money(0))),
    },
  };
}

function detailsOf(product: Product, asked: Request['FeesEstimateRequest'], nowMs: number) {
  const { ListingPrice, Shipping } = asked.PriceToEstimateFees;
  const cents = Math.round((ListingPrice.Amount + (Shipping?.Amount ?? 0)) * 100);
  const fees = [{ type: 'ReferralFee', cents: referralCents(product.group, cents) }];
  if (asked.IsAmazonFulfilled !== true) return fees;
  const day = new Date(nowMs).toISOString().slice(0, 10);
  return [...fees, { type: 'FBAFees', cents: rightFulfilmentCents(product, day) }];
}

function feeDetail(type: string, amount: Money, nothing: Money) {
  const detail = { FeeType: type, FeeAmount: amount, FeePromotion: nothing, FinalFee: amount };
  if (type !== 'FBAFees') return detail;
  // What Amazon's fulfilment consists of is told within it.
  return { ...detail, IncludedFeeDetailList: [{ ...detail, FeeType: 'FBAPerUnitFulfillmentFee' }] };
}

function moneyIn(CurrencyCode: string): (cents: number) => Money {
  return (cents) => ({ CurrencyCode, Amount: cents / 100 });
}

function failed(request: Request, sellerId: string, { status, error }: typeof SERVICE_ERROR) {
  return {
    Status: status,
    FeesEstimateIdentifier: identifierOf(request, sellerId),
    Error: { ...error, Detail: [] },
  };
}

function identifierOf({ FeesEstimateRequest: asked, IdType, IdValue }: Request, SellerId: string) {
  const { MarketplaceId, PriceToEstimateFees, Identifier, IsAmazonFulfilled } = asked;
  return {
    MarketplaceId,
    SellerId,
    IdType,
    IdValue,
    IsAmazonFulfilled: IsAmazonFulfilled ?? false,
    PriceToEstimateFees,
    SellerInputIdentifier: Identifier,
  };
}
