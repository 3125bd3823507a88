import { distinct } from '../facts.js';
import type { ProductKey } from '../product-key.js';
import { netPayments, type NetPayment } from './net-payments.js';

/** A payment of which some units made good no loss of its product. */
export interface SparePayment {
  readonly net: NetPayment;
  readonly units: number;
}

/** The payments for units lost or damaged in warehouses that the allocation found no use for, whole or in part. */
export function sparePayments(
  { facts, network, allocation: { unusedPayments } }: ProductKey,
  family: 'lost' | 'damaged',
): readonly SparePayment[] {
  if (unusedPayments.size === 0) return [];
  return netPayments(distinct(facts.reimbursements), network)
    .filter((net) => net.family === family)
    .flatMap((net) => {
      const units = unusedPayments.get(net.payment.key) ?? 0;
      return units > 0 ? [{ net, units }] : [];
    });
}
