import type { ClaimSubtype, EventData } from '@recoup/contracts';
import { fromMinor, times, toMinor, type Money } from '@recoup/kernel';
import { chargedForShipment } from './charges.js';
import { feesAboveStated, storageAboveSides } from './fees.js';
import { ofKind, type Look, type Told } from './look.js';
import { givenAndNotBack, lostAsReturn, refundedTooMuch } from './orders.js';
import { notPaidOut, paidTooLittle, takenBack } from './payments.js';
import { damagedOfRemoval, missingOfRemoval } from './removals.js';
import { damagedInShipment, shortInShipment } from './shipments.js';
import { damagedInStock, lostFromStock } from './stock.js';

/** What the records come to, beside what is claimed, and why the two do not agree: empty where they do. */
export interface Reckoning {
  readonly sums: NonNullable<EventData<'claim.validated'>['reckoned']>;
  readonly reasons: readonly string[];
}

const BY: Readonly<Record<ClaimSubtype, (look: Look) => Told>> = {
  lost_warehouse: lostFromStock,
  damaged_warehouse: damagedInStock,
  fc_transfer_loss: lostFromStock,
  product_redefinition_loss: lostFromStock,
  disposed_unauthorised: lostFromStock,
  inbound_shortage: shortInShipment,
  inbound_damaged: damagedInShipment,
  refund_not_returned: givenAndNotBack,
  replacement_not_returned: givenAndNotBack,
  lost_outbound: givenAndNotBack,
  return_damaged_by_amazon: lostAsReturn,
  return_lost_in_fc: lostAsReturn,
  return_wrong_item: lostAsReturn,
  refund_overcharge: refundedTooMuch,
  fulfilment_fee_overcharge: feesAboveStated,
  referral_fee_error: feesAboveStated,
  storage_fee_overcharge: storageAboveSides,
  removal_lost: missingOfRemoval,
  removal_damaged: damagedOfRemoval,
  missing_reimbursement: notPaidOut,
  reimbursement_undervalued: paidTooLittle,
  reimbursement_reversed: takenBack,
  inbound_defect_fee: chargedForShipment,
  unused_label_fee: chargedForShipment,
};

/**
 * Reckons a claim anew from the facts and holds the result against what it asks. It shares nothing with the rules that
 * found the claim: a number that either of the two has wrong is one that they do not agree on.
 */
export function reckon(look: Look): Reckoning {
  const told = BY[look.claim.subtype](look);
  const { quantity, value } = look.claim.assessment;
  const recorded = amountOf(look, told);
  return {
    sums: {
      units: { claimed: quantity, recorded: told.units },
      amount: { claimed: value.total, recorded },
    },
    reasons: [
      ...told.doubts,
      ...unitReasons(quantity, told.units),
      ...valueReasons(look, told, recorded),
    ],
  };
}

/** The money that the records make; null where the claim is worth nothing that is known, or they do not tell. */
function amountOf({ claim }: Look, told: Told): Money | null {
  const { perUnit, total } = claim.assessment.value;
  if (total === null) return null;
  if (told.total !== undefined) {
    return told.total === null ? null : fromMinor(told.total, total.currency);
  }
  const each = told.perUnit === undefined ? perUnit : told.perUnit;
  return each === null || told.units === null ? null : times(each, Math.max(0, told.units));
}

function unitReasons(claimed: number, recorded: number | null): readonly string[] {
  if (claimed === recorded) return [];
  if (recorded === null) return ["Amazon's records do not show the units that are claimed"];
  return [`Amazon's records come to ${recorded} units, ${claimed} are claimed`];
}

function valueReasons(look: Look, told: Told, recorded: Money | null): readonly string[] {
  const { quantity, value } = look.claim.assessment;
  const { total, perUnit, basis } = value;
  if (total === null) return [];
  const multiplied = perUnit === null || isEqual(times(perUnit, quantity), total);
  const known = basis !== 'paid_history' || perUnit === null || wasPaid(look, perUnit);
  return [
    ...(multiplied ? [] : [`${quantity} units do not come to ${textOf(total)}`]),
    ...(known ? [] : [`No payment for this product was ${textOf(perUnit)} a unit`]),
    ...amountReasons(total, recorded, told),
  ];
}

function amountReasons(total: Money, recorded: Money | null, told: Told): readonly string[] {
  if (recorded !== null && isEqual(total, recorded)) return [];
  // Where not even the units stand, the money that they come to says nothing more.
  if (told.total === undefined && told.units === null) return [];
  const come = recorded === null ? 'do not tell the amount' : `come to ${textOf(recorded)}`;
  return [`Amazon's records ${come}, ${textOf(total)} is claimed`];
}

/** What Amazon paid for a unit in full, once at least: the rule that it be twice is that of the claim. */
function wasPaid({ claim, ofProduct }: Look, { amount, currency }: Money): boolean {
  if (!OWN_HISTORY.has(claim.subtype)) return true;
  return ofKind(ofProduct, 'reimbursement').some(
    (row) => row.currency === currency && Number(row.amountPerUnit) >= Number(amount),
  );
}

/** Valued by what was paid for their very FNSKU; others by what was paid for any that Amazon made one product with it. */
const OWN_HISTORY: ReadonlySet<ClaimSubtype> = new Set([
  ...(['lost_warehouse', 'damaged_warehouse', 'fc_transfer_loss'] as const),
  'product_redefinition_loss',
]);

function isEqual(a: Money, b: Money): boolean {
  return a.currency === b.currency && toMinor(a) === toMinor(b);
}

function textOf({ amount, currency }: Money): string {
  return `${amount} ${currency}`;
}
