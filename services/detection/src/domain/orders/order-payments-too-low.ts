import type { SourceRef } from '@recoup/contracts';
import { toMinor } from '@recoup/kernel';
import { NOTHING, together, type OrderDetector } from '../detector.js';
import type { NetPayment } from '../payments/net-payments.js';
import { isNew, paysForUnit } from '../payments/payment-for-unit.js';
import { amountOf } from '../payments/payment-claim.js';
import { isTooLow, undervaluedClaim, type MadeUp } from '../payments/undervalued-claim.js';
import { postOrderValue } from '../value/post-order-value.js';
import type { OrderLoss } from './order-allocation.js';
import { ORDER_SOURCES } from './order-claim.js';
import type { OrderLine } from './order-line.js';
import { orderBookOf } from './order-losses.js';

/**
 * Payments for units of an order below what the sale of these units came to, which is its price less its fees. What other
 * payments for the same line were too high makes up for it. Without the sale nothing is known, and nothing found; nor of a
 * line of which a payment was taken back, was in kind, was for something else than whole units as new, or may be for another
 * product.
 */
export const orderPaymentsTooLow: OrderDetector = {
  subtype: 'reimbursement_undervalued',
  of: 'order',
  needs: ORDER_SOURCES,
  detect(facts, context) {
    const { marketplace, lines, losses } = orderBookOf(facts, context);
    if (!marketplace) return NOTHING;
    const low = lines.flatMap((line) =>
      tooLow(
        line,
        losses.filter((loss) => loss.line === line),
      ),
    );
    return together(
      low.map(({ net: { payment, day }, ...one }) =>
        undervaluedClaim({ ...one, payment, day, marketplace }, orderPaymentsTooLow, context),
      ),
    );
  },
};

/** A payment with what it was used for. Amounts in minor units. */
interface Reckoned {
  readonly net: NetPayment;
  readonly units: number;
  readonly expected: bigint;
  readonly paid: bigint;
  readonly sources: readonly SourceRef[];
}

function tooLow(line: OrderLine, losses: readonly OrderLoss[]) {
  if (line.doubtful || !line.payments.every((net) => isPlain(net, line))) return [];
  const all = [...line.payments].sort(byApproval).map((net) => reckon(net, line, losses));
  const reckoned = all.filter((one) => one !== null);
  if (reckoned.length < all.length) return [];
  const surplus = reckoned
    .map((one) => ({ of: one, minor: one.paid - one.expected }))
    .filter(({ minor }) => minor > 0n);
  return reckoned.flatMap((one) => {
    if (one.paid >= one.expected) return [];
    const madeUp = takeFrom(surplus, one.expected - one.paid);
    const paid = madeUp.reduce((sum, { minor }) => sum + minor, one.paid);
    return isTooLow(one.expected, paid) ? [{ ...one, madeUp }] : [];
  });
}

/** Cash in the currency of the sale for whole units, of which nothing was taken back. */
function isPlain(net: NetPayment, { sale }: OrderLine): boolean {
  const { quantityInventory, currency } = net.payment.data;
  const isCash = quantityInventory === 0 && currency === sale?.currency;
  return isCash && !net.reversed && paysForUnit(net) && isNew(net);
}

/** Null where nobody can tell what it is, or should have been. */
function reckon(net: NetPayment, line: OrderLine, losses: readonly OrderLoss[]): Reckoned | null {
  const uses = losses.flatMap(({ paid, compensation }) =>
    paid
      .filter(({ row }) => row === net)
      .map(({ units }) => ({ units, source: compensation.source })),
  );
  const units = uses.reduce((sum, use) => sum + use.units, 0);
  const paid = amountOf(net.payment);
  const worth = units === 0 ? null : postOrderValue(line.sale, { units, day: net.day });
  if (paid === null || worth?.basis === 'unknown') return null;
  const sources = uses.map(({ source }) => source);
  return { net, units, expected: worth?.total ? toMinor(worth.total) : 0n, paid, sources };
}

/** Takes from what was paid too much, the earliest first, and answers of which payments how much. */
function takeFrom(
  surplus: readonly { readonly of: Reckoned; minor: bigint }[],
  wanted: bigint,
): readonly MadeUp[] {
  let open = wanted;
  const taken: MadeUp[] = [];
  for (const one of surplus) {
    const minor = one.minor < open ? one.minor : open;
    if (minor === 0n) continue;
    one.minor -= minor;
    open -= minor;
    const { payment, day } = one.of.net;
    taken.push({ payment, day, units: Math.max(1, one.of.net.units), minor });
  }
  return taken;
}

function byApproval(a: NetPayment, b: NetPayment): number {
  if (a.day !== b.day) return a.day < b.day ? -1 : 1;
  return a.payment.key < b.payment.key ? -1 : 1;
}
