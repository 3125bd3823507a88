import type { ClaimValue } from '@recoup/contracts';
import type { MarketplaceRow } from '@recoup/domain';
import { times, toMinor, type Money } from '@recoup/kernel';
import type { Context } from '../context.js';
import type { Payment } from '../facts.js';
import { valuationFor, type ValuationPolicy } from '../policies/valuation.js';
import { paidHistory } from './paid-history.js';

export const UNKNOWN_VALUE: ClaimValue = { basis: 'unknown', perUnit: null, total: null };

export interface PreOrderLoss {
  /** All payments for the product. */
  readonly payments: readonly Payment[];
  readonly marketplace: MarketplaceRow;
  readonly sku: string;
  readonly units: number;
  readonly lossDay: string;
  /** Stock that could not be sold is worth something else than what was paid for sellable units. */
  readonly sellable: boolean;
}

/**
 * What units are worth that were lost before anybody ordered them: what the seller says they cost, where the rule of that
 * day goes by cost; else the amount that Amazon paid in full for this product at least twice; at most the policy's cap.
 * Otherwise unknown, which is null: the sale price says nothing about what Amazon owes for a unit nobody had ordered.
 */
export function preOrderValue(loss: PreOrderLoss, { costs }: Pick<Context, 'costs'>): ClaimValue {
  const { payments, marketplace, sku, units, lossDay, sellable } = loss;
  const { network, currency } = marketplace;
  const policy = valuationFor(lossDay);
  if (!policy || !sellable) return UNKNOWN_VALUE;
  const cost = policy.basis === 'sourcing_cost' ? costs.of(sku, currency, lossDay) : null;
  if (cost) return valueOf('sourcing_cost', atMost(cost, policy), units);
  const paid = paidHistory({ payments, network, currency, policy });
  return paid ? valueOf('paid_history', atMost(paid, policy), units) : UNKNOWN_VALUE;
}

function valueOf(basis: ClaimValue['basis'], perUnit: Money, units: number): ClaimValue {
  return { basis, perUnit, total: times(perUnit, units) };
}

/** At most what the policy pays for one unit; a currency without a published cap has none. */
export function atMost(money: Money, { caps }: ValuationPolicy): Money {
  const cap = caps.find(({ currency }) => currency === money.currency);
  return cap && toMinor(cap) < toMinor(money) ? cap : money;
}
