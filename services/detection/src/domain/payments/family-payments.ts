import type { Network } from '@recoup/domain';
import { distinct, type Payment } from '../facts.js';
import { netPayments, type PaymentFamily } from './net-payments.js';
import type { Settling } from './set-off.js';

/** Whether Amazon's reason says that units came to harm, not that they are gone. */
export function paysForDamage({ data }: Payment): boolean {
  return data.reason.toUpperCase().includes('DAMAGED');
}

/**
 * Payments of one family, for units lost or for units damaged, less what was taken back. The report has one column for
 * whatever a payment is about: where it holds a known shipment or removal order, the payment is for that one.
 */
export function familyPayments(
  payments: readonly Payment[],
  {
    network,
    family,
    damage,
  }: { readonly network: Network; readonly family: PaymentFamily; readonly damage: boolean },
): readonly Settling[] {
  return netPayments(distinct(payments), network)
    .filter((net) => net.family === family && net.units > 0)
    .filter(({ payment }) => paysForDamage(payment) === damage)
    .map(({ payment, day, units }) => ({
      kind: 'reimbursed',
      day,
      units,
      reference: payment.data.reimbursementId,
      source: { kind: 'reimbursement', key: payment.key },
      names: payment.data.orderId,
    }));
}
