import { addDays, groupBy } from '@recoup/kernel';
import type { TrueClaim } from '../causes/plant.js';
import type { Reimbursement } from '../world/reimbursement.js';
import type { World } from '../world/world.js';
import type { Packet } from './decide.js';

/** What the desk's own books say of a case, whatever the packet says. */
export interface CaseTruth {
  /** Units that are really owed for what the case names. */
  readonly owed: number;
  /** Other adjustments of the product around the day of the loss: what a reviewer has to tell apart. */
  readonly rowsAround: number;
  /** Share of what was lost that was paid for before, in money or in kind. */
  readonly paidShare: number;
}

/** Days before and after a loss in which another row about the product has to be told apart from it. */
const AROUND_DAYS = 30;

export interface Books {
  of(packet: Packet): CaseTruth;
  /** Cents owed for one unit of what the case is about, where that is known; of fees for all charges together. */
  centsOf(packet: Packet): number | null;
}

/** Opens the books of a world as they stand at its end. */
export function openBooks(world: World): Books {
  const { truth } = world;
  const owed = [...truth.claims, ...truth.bySellersWord.claims, ...truth.lapsed];
  const claims = groupBy(owed, ({ fnsku }) => fnsku);
  const days = Array.from({ length: world.calendar.days }, (_, day) => day);
  const adjusted = days
    .flatMap((day) => [...world.ledgerOn(day)])
    .filter(({ eventType }) => eventType === 'Adjustments')
    .map((row) => ({ fnsku: row.product.fnsku, day: world.calendar.name(row.day), row }));
  const rows = groupBy(adjusted, ({ fnsku }) => fnsku);
  const payments = groupBy(world.reimbursements, ({ product }) => product.fnsku);
  const claimOf = (packet: Packet) => claims.get(packet.fnsku)?.find((one) => isSame(one, packet));
  return {
    centsOf(packet) {
      const amount = claimOf(packet)?.unitValue ?? feeClaimOf(truth, packet)?.claimable.overcharged;
      return amount ? Math.round(Number(amount.amount) * 100) : null;
    },
    of(packet) {
      const claim = claimOf(packet);
      const from = addDays(packet.lossDay, -AROUND_DAYS);
      const until = addDays(packet.lossDay, AROUND_DAYS);
      const around = (rows.get(packet.fnsku) ?? []).filter(
        ({ day, row }) => day >= from && day <= until && !packet.names.includes(row.referenceId),
      );
      const paid = (payments.get(packet.fnsku) ?? [])
        .filter(({ ms }) => world.calendar.name(world.calendar.dayOf(ms)) >= packet.lossDay)
        .filter((row) => mayPay(row, packet, claim))
        .reduce((sum, { cash, inventory }) => sum + cash + inventory, 0);
      return {
        owed: claim?.units ?? feesOwed(truth, packet),
        rowsAround: around.length,
        paidShare: paid <= 0 ? 0 : paid / (paid + packet.units),
      };
    },
  };
}

/**
 * Whether a payment could be for what a case is about: of such a kind, not the one that the case itself names, and not
 * another order's.
 */
function mayPay(
  { id, orderId, reason }: Reimbursement,
  { subtype, names }: Packet,
  claim: TrueClaim | undefined,
): boolean {
  if (names.includes(id) || isOfFees(subtype)) return false;
  if (orderId !== null) return orderId === claim?.orderId;
  return claim?.orderId === undefined && (PAID_FOR[reason]?.includes(subtype) ?? true);
}

/** Kinds of case that a payment for this reason could be for. One with another reason could be for any. */
const PAID_FOR: Readonly<Record<string, readonly string[]>> = {
  Lost_Warehouse: ['lost_warehouse', 'fc_transfer_loss', 'product_redefinition_loss'],
  Damaged_Warehouse: ['damaged_warehouse', 'disposed_unauthorised'],
  Lost_Inbound: ['inbound_shortage'],
  Removal_Order_Lost: ['removal_lost'],
  Removal_Order_Damaged: ['removal_damaged'],
};

/** Kinds of case about fees, by the fee. */
const FEES = {
  fulfilment_fee: 'fulfilment_fee_overcharge',
  storage_fee: 'storage_fee_overcharge',
  referral_fee: 'referral_fee_error',
} as const;

export function isOfFees(subtype: string): boolean {
  return Object.values(FEES).some((one) => one === subtype);
}

/** Charges of a product that were really too high and can still be claimed. Of each fee a product has one error at most. */
function feesOwed(truth: World['truth'], packet: Packet): number {
  return feeClaimOf(truth, packet)?.claimable.charges ?? 0;
}

function feeClaimOf({ feeClaims }: World['truth'], { subtype, fnsku }: Packet) {
  return feeClaims.find((one) => one.fnsku === fnsku && FEES[one.kind] === subtype);
}

/** Whether a case is about this very loss: of its kind, and by a name that both give it. */
function isSame(claim: TrueClaim, { subtype, names }: Packet): boolean {
  return claim.subtype === subtype && namesOf(claim).some((name) => names.includes(name));
}

/** Ids by which a loss is known: of ledger rows, of its order, its shipment, its removal, its payment. */
export function namesOf(
  claim: TrueClaim & Partial<Record<IdName, string | null>>,
): readonly string[] {
  const ids = ID_NAMES.map((name) => claim[name]).filter((id) => typeof id === 'string');
  return [...claim.referenceIds, ...ids];
}

const ID_NAMES = ['orderId', 'shipmentId', 'removalOrderId', 'reimbursementId'] as const;
type IdName = (typeof ID_NAMES)[number];
