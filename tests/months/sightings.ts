import { allRecoveries, type Browser } from '../product/index.js';
import type { Unasked } from './books.js';

/** A claim that stood open when it was looked at. */
interface Sighting {
  readonly subtype: string;
  readonly fnsku: string;
  readonly orderId: string | null;
  readonly lossDate: string;
  /** All that had happened before was read by then. */
  readonly readUntil: string;
}

/** The claims that were seen open, and when first: what Amazon pays later for one of them, unasked, is counted with it. */
export interface Sightings {
  look(browser: Browser, readUntil: string): Promise<void>;
  isFound(payment: Unasked): boolean;
}

export function openSightings(): Sightings {
  const seen = new Map<string, Sighting>();
  return {
    async look(browser, readUntil) {
      for (const claim of await allRecoveries(browser)) {
        const isOpen = claim.amazonCaseId !== null || claim.actions.includes('dismiss');
        if (isOpen && !seen.has(claim.id)) seen.set(claim.id, { ...claim, readUntil });
      }
    },
    isFound: ({ at, fnsku, orderId, reason }) =>
      [...seen.values()].some(
        (claim) =>
          claim.readUntil <= at &&
          claim.lossDate <= at.slice(0, 10) &&
          claim.fnsku === fnsku &&
          claim.orderId === orderId &&
          (PAID_FOR[reason] ?? []).includes(claim.subtype),
      ),
  };
}

const RETURNS = [
  ...['refund_not_returned', 'replacement_not_returned', 'return_damaged_by_amazon'],
  ...['return_wrong_item', 'return_lost_in_fc'],
];

/** What Amazon pays by itself under each of the report's words. */
const PAID_FOR: Readonly<Record<string, readonly string[]>> = {
  Lost_Warehouse: ['lost_warehouse', 'fc_transfer_loss', 'product_redefinition_loss'],
  Damaged_Warehouse: ['damaged_warehouse'],
  Lost_Inbound: ['inbound_shortage'],
  Removal_Order_Lost: ['removal_lost'],
  Removal_Order_Damaged: ['removal_damaged'],
  Lost_Outbound: ['lost_outbound'],
  CustomerReturn: RETURNS,
};
