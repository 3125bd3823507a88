import type { RiskKind } from '@recoup/contracts';

const KINDS: Record<RiskKind, string> = {
  shipment_stuck: 'Shipment stuck',
  received_unknown: 'Received quantity not given',
  transfer_in_transit: 'Long on its way between warehouses',
  damage_for_review: 'Damaged by somebody else',
  reimbursed_twice: 'Reimbursed twice',
  fee_sign: 'Fee of the wrong sign',
  identity_conflict: 'Payment or return for another product',
};

/** The words that activity and titles use. */
export function riskLabel(kind: RiskKind): string {
  return KINDS[kind];
}
