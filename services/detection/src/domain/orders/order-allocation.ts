import type { MarketplaceRow } from '@recoup/domain';
import { compareText, type CustomerReturn } from '../facts.js';
import type { NetPayment } from '../payments/net-payments.js';
import { compensationsOf, type Compensation } from './compensations.js';
import { takeFrom, type Portion } from './fifo.js';
import type { OrderLine } from './order-line.js';

/** Whose claim a unit of an order is. Each unit is of one kind, so that no two detectors claim it. */
export type OrderLossKind =
  | 'refund_not_returned'
  | 'replacement_not_returned'
  | 'lost_outbound'
  | 'return_damaged'
  | 'return_damaged_by_carrier'
  | 'return_lost'
  | 'wrong_item';

/** Units that Amazon owes for, and what it paid of them: `units` = what `paid` used + `left`. */
export interface OrderLoss {
  readonly kind: OrderLossKind;
  readonly line: OrderLine;
  readonly compensation: Compensation;
  /** What came back of it as a loss; null where nothing did. */
  readonly returned: CustomerReturn | null;
  readonly units: number;
  readonly left: number;
  /** All that came back of the same refund or replacement. */
  readonly returns: readonly Used<CustomerReturn>[];
  readonly paid: readonly Used<NetPayment>[];
}

/** Units for which a row was used. */
export interface Used<T> {
  readonly row: T;
  readonly units: number;
}

export interface Told {
  readonly marketplace: MarketplaceRow;
  /** Keys of returns that no shelf took in. */
  readonly lost: ReadonlySet<string>;
  /** Units of this line of which a person says that something else came back. */
  readonly asserted: number;
}

/**
 * The one ledger of a line. Units given back to the buyer are set off, oldest first, against returns, and what is left of
 * them and what came back as a loss against payments. A return that made everything good comes first, then what Amazon
 * lost of them, then what it damaged: one more return or payment never leaves more to claim.
 */
export function allocateLine(line: OrderLine, told: Told): readonly OrderLoss[] {
  const open: Portion<Compensation>[] = compensationsOf(line, told.marketplace).map((one) => ({
    of: one,
    units: one.units,
  }));
  const returned = [...line.returns]
    .map((row) => ({ row, state: stateOf(row, told.lost) }))
    .sort((a, b) => RANK[a.state] - RANK[b.state] || byDay(a.row, b.row));
  const losses: Loss[] = [];
  const back = new Map<Compensation, Used<CustomerReturn>[]>();
  let asserted = told.asserted;
  for (const { row, state } of returned) {
    for (const { of, units } of takeFrom(open, row.data.quantity)) {
      back.set(of, [...(back.get(of) ?? []), { row, units }]);
      const wrong = state === 'good' ? Math.min(units, asserted) : 0;
      asserted -= wrong;
      if (wrong > 0) losses.push({ kind: 'wrong_item', of, units: wrong, returned: row });
      if (state !== 'good') losses.push({ kind: state, of, units, returned: row });
    }
  }
  const outbound = line.payments.some(({ payment }) => /outbound/i.test(payment.data.reason));
  for (const { of, units } of open) {
    if (units > 0) losses.push({ kind: notBack(of, outbound), of, units, returned: null });
  }
  return settle(line, losses, back);
}

interface Loss {
  readonly kind: OrderLossKind;
  readonly of: Compensation;
  readonly units: number;
  readonly returned: CustomerReturn | null;
}

const RANK = { good: 0, return_lost: 1, return_damaged_by_carrier: 2, return_damaged: 3 } as const;

/** DAMAGED: Amazon takes responsibility, and the unit (sellercentral.amazon.co.jp 200453320); CARRIER_DAMAGED likewise. */
function stateOf({ key, data }: CustomerReturn, lost: ReadonlySet<string>): keyof typeof RANK {
  if (data.disposition === 'DAMAGED') return 'return_damaged';
  if (data.disposition === 'CARRIER_DAMAGED') return 'return_damaged_by_carrier';
  return lost.has(key) ? 'return_lost' : 'good';
}

/** What did not come back was lost on its way to the buyer where Amazon itself says so: by why it replaced, by what it paid. */
function notBack({ kind }: Compensation, outbound: boolean): OrderLossKind {
  if (kind === 'replaced_lost') return 'lost_outbound';
  if (kind === 'replaced') return 'replacement_not_returned';
  return outbound ? 'lost_outbound' : 'refund_not_returned';
}

/** Payments settle the oldest losses first, whichever kind they are. */
function settle(
  line: OrderLine,
  losses: readonly Loss[],
  back: ReadonlyMap<Compensation, readonly Used<CustomerReturn>[]>,
): readonly OrderLoss[] {
  const open = [...losses]
    .sort((a, b) => compareText(a.of.day, b.of.day) || compareText(a.kind, b.kind))
    .map((loss) => ({ of: loss, units: loss.units }));
  const paid = new Map<Loss, Used<NetPayment>[]>();
  for (const row of [...line.payments].sort(byApproval)) {
    for (const { of, units } of takeFrom(open, row.units)) {
      paid.set(of, [...(paid.get(of) ?? []), { row, units }]);
    }
  }
  return open.map(({ of: loss, units: left }) => ({
    ...{ kind: loss.kind, line, compensation: loss.of, returned: loss.returned },
    ...{ units: loss.units, left },
    returns: back.get(loss.of) ?? [],
    paid: paid.get(loss) ?? [],
  }));
}

function byApproval(a: NetPayment, b: NetPayment): number {
  return compareText(a.day, b.day) || compareText(a.payment.key, b.payment.key);
}

function byDay(a: CustomerReturn, b: CustomerReturn): number {
  return compareText(a.data.returnedAt, b.data.returnedAt) || compareText(a.key, b.key);
}
