import type { ChargesDetector } from '../detector.js';
import { feeClaims } from './fee-claim.js';

/** Commissions of a larger share of the price than Amazon states for the product. */
export const referralFeeError: ChargesDetector = {
  subtype: 'referral_fee_error',
  of: 'charges',
  needs: ['transactions', 'feePreview'],
  detect({ statement, referral }, context) {
    const excesses = referral.dear.flatMap((one) =>
      one.expected === null ? [] : [{ ...one, expected: one.expected, card: '' }],
    );
    return feeClaims(excesses, {
      detector: referralFeeError,
      context,
      statement,
      right: referral.right,
    });
  },
};
