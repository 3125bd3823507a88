import type { CaseTruth } from './case-truth.js';
import type { Packet } from './decide.js';
import type { Desk } from './desks.js';

/** Rows beyond this number confuse nobody further. */
const MOST_ROWS = 4;
/** A case of more units than this is looked at by a second person. */
const SECOND_LOOK = 8;

/**
 * What a packet weighs with a reviewer who reads it well, in log-odds of being convinced. Assumptions of the simulation, as
 * all of the desk's.
 */
export function weightOf(packet: Packet, { rowsAround }: CaseTruth, { blur }: Desk): number {
  const weights = [
    1,
    1.1 * packet.quotedOpen,
    packet.showsAmount ? 0.8 : 0,
    packet.places === 1 ? 0.3 : 0,
    packet.isWhole ? 0.3 : 0,
    0.8 * packet.tied,
    packet.sellable ? 0 : -1.5,
    packet.units > SECOND_LOOK ? -0.6 : 0,
    -blur * Math.min(MOST_ROWS, rowsAround),
    teams[packet.subtype] ?? 0,
  ];
  return weights.reduce((sum, weight) => sum + weight, 0);
}

/** Each kind of case has a team of its own, and teams differ. */
const teams: Readonly<Record<string, number>> = {
  damaged_warehouse: 0.2,
  inbound_shortage: -0.4,
  inbound_damaged: -0.2,
  fulfilment_fee_overcharge: -0.3,
  storage_fee_overcharge: -0.5,
  referral_fee_error: -0.2,
  refund_not_returned: 0.3,
  replacement_not_returned: 0.2,
  removal_lost: -0.2,
  missing_reimbursement: 0.5,
  reimbursement_undervalued: -0.3,
  reimbursement_reversed: -0.4,
};
