import type { ClaimValue } from '@recoup/contracts';
import { marketplaceOfCountry } from '@recoup/domain';
import { addDays, fromMinor, toMinor } from '@recoup/kernel';
import type { Context } from '../context.js';
import { NOTHING, together, type Detected, type ProductDetector } from '../detector.js';
import { isInTime } from '../in-time.js';
import { judge } from '../judge.js';
import type { ProductKey } from '../product-key.js';
import type { AllocatedLoss } from '../warehouse/allocated-loss.js';
import { moneyLine, storePaidIn, subjectOf, valueOf } from './payment-claim.js';
import { reversalsOf, type Reversal } from './reversals.js';
import { BACK_DAYS, stockBack } from './stock-back.js';

/**
 * Payments that Amazon took back though nothing came back for them within 30 days either way, or more of them than it had
 * paid. Of payments for orders, shipments and removals only the second is told: what came back for them is not in this
 * ledger. Units of a loss that is open again by the reversal, and can still be claimed as lost, belong to that loss.
 */
export const reimbursementReversed: ProductDetector = {
  subtype: 'reimbursement_reversed',
  of: 'product',
  needs: ['ledger', 'reimbursements'],
  detect(key, context) {
    const back = stockBack(key.facts.ledger);
    const open = {
      lost: claimable(key, context, 'lost'),
      damaged: claimable(key, context, 'damaged'),
    };
    const owed = reversalsOf(key.facts.reimbursements, key.network).flatMap((reversal): Owed[] => {
      const { family, day, units, excess } = reversal;
      if (family === 'lost' || family === 'damaged') {
        const explained = back.take(day, units, family);
        const owned = Math.min(units - explained, open[family]);
        open[family] -= owned;
        const rest = units - explained - owned;
        if (rest > 0 && isCovered(day, context)) {
          return [{ reversal, units: rest, value: shareOf(reversal, rest) }];
        }
      }
      if (excess === 0n) return [];
      const { currency } = reversal.payment.data;
      return [{ reversal, units, value: valueOf('difference', excess, { units, currency }) }];
    });
    return together(owed.map((one) => claimOf(one, key, context)));
  },
};

interface Owed {
  readonly reversal: Reversal;
  readonly units: number;
  readonly value: ClaimValue;
}

/** Units of losses that are open and whose own window has not closed: they are claimed there. */
function claimable({ allocation }: ProductKey, context: Context, kind: 'lost' | 'damaged'): number {
  return allocation.losses
    .filter((loss) => loss.kind === kind && loss.left > 0 && isClaimable(loss))
    .reduce((sum, { left }) => sum + left, 0);

  function isClaimable({ row: { data } }: AllocatedLoss): boolean {
    const marketplace = marketplaceOfCountry(data.country);
    const what = kind === 'lost' ? 'lost_warehouse' : 'damaged_warehouse';
    return marketplace !== null && isInTime({ marketplace, what, day: data.day }, context);
  }
}

/** What came back before the ledger begins cannot be seen. */
function isCovered(day: string, { coverage }: Context): boolean {
  const from = coverage.ledger?.from ?? null;
  return from === null || from <= addDays(day, -BACK_DAYS);
}

/** What was taken back for some of a reversal's units; unknown where it does not divide by them. */
function shareOf({ payment, units, minor }: Reversal, some: number): ClaimValue {
  const { currency } = payment.data;
  const whole = valueOf('amount_stated', minor, { units, currency });
  if (some === units) return whole;
  if (!whole.perUnit) return { basis: 'unknown', perUnit: null, total: null };
  const total = fromMinor(toMinor(whole.perUnit) * BigInt(some), currency);
  return { basis: 'amount_stated', perUnit: whole.perUnit, total };
}

function claimOf(
  { reversal, units, value }: Owed,
  { network }: ProductKey,
  context: Context,
): Detected {
  const { payment, day, minor, originals } = reversal;
  const marketplace = storePaidIn(network, payment.data.currency);
  if (!marketplace) return { ...NOTHING, withoutPolicy: 1 };
  const draft = {
    marketplace,
    anchor: [payment.key],
    subject: subjectOf(payment),
    startDay: day,
    statedByAmazon: false,
    quantity: units,
    value,
    features: { exact_match: originals.length > 0 ? 1 : 0 },
    allocation: [moneyLine('reversed', payment, { day, units: reversal.units, minor })],
    sources: [payment, ...originals].map(({ key }) => ({ kind: 'reimbursement', key })),
  };
  return judge(draft, reimbursementReversed, context);
}
