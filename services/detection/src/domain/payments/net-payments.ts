import { dayInNetwork, type Network } from '@recoup/domain';
import type { Payment } from '../facts.js';

/**
 * Whose loss a payment pays for: by Amazon's own reason word, never by amount or closeness. Each payment belongs to one
 * family, and only detectors of that family set it off: so none is used twice.
 */
export type PaymentFamily =
  'lost' | 'damaged' | 'inbound' | 'order' | 'removal' | 'unclear' | 'other';

/** A payment less what Amazon took back of it. */
export interface NetPayment {
  readonly payment: Payment;
  readonly family: PaymentFamily;
  /** The day it was approved, in the network's calendar. */
  readonly day: string;
  readonly units: number;
  /** Of `units`, those paid in kind; the ledger may show the same units once more as transferred. */
  readonly inventoryUnits: number;
  readonly reversed: boolean;
}

/** Reason words of the reimbursement report and of finances, letters only. */
const families: Readonly<Record<string, PaymentFamily>> = {
  LOSTWAREHOUSE: 'lost',
  WAREHOUSELOST: 'lost',
  DAMAGEDWAREHOUSE: 'damaged',
  WAREHOUSEDAMAGE: 'damaged',
  WAREHOUSEDAMAGED: 'damaged',
  LOSTINBOUND: 'inbound',
  DAMAGEDINBOUND: 'inbound',
  MISSINGFROMINBOUND: 'inbound',
  MISSINGFROMINBOUNDCLAWBACK: 'inbound',
  LOSTOUTBOUND: 'order',
  DAMAGEDOUTBOUND: 'order',
  CUSTOMERRETURN: 'order',
  CUSTOMERSERVICEISSUE: 'order',
  RETURNADJUSTMENT: 'order',
  CRETURNWRONGITEM: 'order',
  CSERRORITEMS: 'order',
  FREEREPLACEMENTREFUNDITEMS: 'order',
  REMOVALORDERLOST: 'removal',
  REMOVALORDERDAMAGED: 'removal',
  LOSTREMOVAL: 'removal',
  DAMAGEDREMOVAL: 'removal',
  GENERALADJUSTMENT: 'unclear',
  REIMBURSEMENT: 'unclear',
};

const REVERSALS = new Set([
  'REIMBURSEMENTREVERSAL',
  'REVERSALREIMBURSEMENT',
  'COMPENSATEDCLAWBACK',
]);

/** Payments with their reversals taken off, by exact reimbursement id. A reversal of something unknown takes nothing. */
export function netPayments(payments: readonly Payment[], network: Network): readonly NetPayment[] {
  const takenBack = new Map<string, number>();
  for (const payment of payments.filter(isReversal)) {
    const original = payment.data.originalReimbursementId;
    if (original === null) continue;
    takenBack.set(original, (takenBack.get(original) ?? 0) + unitsOf(payment));
  }
  return payments
    .filter((payment) => !isReversal(payment))
    .map((payment) => net(payment, takenBack, network));
}

/** Takes from `takenBack` what it uses: a reversal of two units never takes two units off two rows. */
function net(payment: Payment, takenBack: Map<string, number>, network: Network): NetPayment {
  const { reimbursementId, quantityInventory, approvedAt } = payment.data;
  const paid = unitsOf(payment);
  const reversed = Math.min(paid, takenBack.get(reimbursementId) ?? 0);
  if (reversed > 0)
    takenBack.set(reimbursementId, (takenBack.get(reimbursementId) ?? 0) - reversed);
  const units = paid - reversed;
  return {
    payment,
    family: familyOf(payment),
    day: dayInNetwork(network, approvedAt),
    units,
    inventoryUnits: Math.min(units, Math.max(0, quantityInventory)),
    reversed: reversed > 0,
  };
}

/** Whether a row takes money or units back: a reason that says so, or a number below zero, whatever the other one is. */
export function isReversal(payment: Payment): boolean {
  const { quantityTotal, amountTotal } = payment.data;
  return REVERSALS.has(reasonWord(payment)) || quantityTotal < 0 || amountTotal.startsWith('-');
}

/** An unclear reason with an order is for that order: for what the buyer did not get, or did not bring back. */
export function familyOf({ data: { reason, orderId } }: Payment): PaymentFamily {
  const family = familyOfReason(reason);
  const ofAnOrder = orderId !== null && orderId !== '';
  return ofAnOrder && (family === 'unclear' || family === 'other') ? 'order' : family;
}

/** Its reason as a word, however it is spelled: capital letters only. */
export function reasonWord({ data: { reason } }: Payment): string {
  return letters(reason);
}

/** By the reason word alone. */
export function familyOfReason(reason: string): PaymentFamily {
  return families[letters(reason)] ?? 'other';
}

/** Units that a payment is for, in cash or in kind, whatever its sign. */
export function unitsOf({ data }: Payment): number {
  const parts = Math.abs(data.quantityCash) + Math.abs(data.quantityInventory);
  return parts > 0 ? parts : Math.abs(data.quantityTotal);
}

function letters(reason: string): string {
  return reason.toUpperCase().replaceAll(/[^A-Z]+/g, '');
}
