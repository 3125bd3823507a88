import type { AgedCause, Cause } from './cause.js';
import { damagedNeverPaid, damagedPartlyPaid, damagedThenMisplaced } from './damaged-claims.js';
import {
  damagedFullyReimbursed,
  damagedPastWindow,
  dispositionCorrected,
  notTheWarehouse,
} from './damaged-look-alikes.js';
import {
  misplacedNeverFound,
  misplacedPartlyFound,
  misplacedPartlyReimbursed,
  misplacedTwice,
  severalOnOneProduct,
  workedExample,
} from './lost-claims.js';
import { chargedInWrongTier, commissionOfOtherGroup, storedAsTooLarge } from './fee-errors.js';
import type { FeeCause } from './fee-cause.js';
import {
  measuredLarger,
  measuredSmaller,
  movedToOtherCategory,
  newRateCard,
  peakSeason,
} from './fee-look-alikes.js';
import {
  foundElsewhere,
  foundInPlace,
  fullyReimbursed,
  inResearch,
  justReported,
  lostPastWindow,
  reimbursedInKind,
  reversedAfterFind,
} from './lost-look-alikes.js';
import {
  costRoseSince,
  paidBelowCost,
  paymentCameLate,
  paymentNeverCame,
  paymentTakenBack,
} from './payment-errors.js';
import { arrivedAsFound, becameNothing, neverArrived } from './between-places.js';
import {
  disposedByOrder,
  donated,
  redefinition,
  strayFind,
  wronglyReceived,
} from './stock-look-alikes.js';

/** Leaves units that Amazon owes for, with the window still open. */
export const CLAIM_CAUSES: readonly Cause[] = [
  workedExample,
  misplacedNeverFound,
  misplacedPartlyFound,
  misplacedTwice,
  misplacedPartlyReimbursed,
  severalOnOneProduct,
  damagedNeverPaid,
  damagedPartlyPaid,
  damagedThenMisplaced,
];

/** Over when its last row is written: another case may follow on the same product. */
export const CLOSED_LOOK_ALIKES: readonly Cause[] = [
  foundInPlace,
  foundElsewhere,
  fullyReimbursed,
  reimbursedInKind,
  reversedAfterFind,
  dispositionCorrected,
  damagedFullyReimbursed,
  ...notTheWarehouse,
  disposedByOrder,
  donated,
  wronglyReceived,
  strayFind,
];

/** Leaves units that nobody will pay for (now): a later find or payment must not be read as theirs. */
export const OPEN_LOOK_ALIKES: readonly Cause[] = [
  justReported,
  inResearch,
  lostPastWindow,
  damagedPastWindow,
];

/** Takes two products that nothing else happens to, since it joins their histories. */
export const PAIR_LOOK_ALIKES: readonly Cause[] = [redefinition];

/** What is owed for payments and for stock between places: each has a product of its own, and its age is part of it. */
export const APART_CLAIMS: readonly AgedCause[] = [
  neverArrived,
  becameNothing,
  paymentNeverCame,
  paymentTakenBack,
  paidBelowCost,
];

/** What looks like it. */
export const APART_LOOK_ALIKES: readonly AgedCause[] = [
  arrivedAsFound,
  paymentCameLate,
  costRoseSince,
];

/** What makes the value of a product known: Amazon paid its full cost twice. */
export const PAID_BEFORE: readonly Cause[] = [fullyReimbursed, damagedFullyReimbursed];

/** What Amazon charges too much for. A kind of their own: they change no stock, and have a truth of their own. */
export const FEE_ERRORS: readonly FeeCause[] = [
  chargedInWrongTier,
  storedAsTooLarge,
  commissionOfOtherGroup,
];

/** Charges that differ from what Amazon states today, and were right. */
export const FEE_LOOK_ALIKES: readonly FeeCause[] = [
  measuredSmaller,
  measuredLarger,
  movedToOtherCategory,
  newRateCard,
  peakSeason,
];
