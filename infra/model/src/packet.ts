import type { LedgerFact } from '@recoup/contracts';
import type { ClaimFinding } from '@recoup/domain';
import { daysBetween } from '@recoup/kernel';
import type { Packet } from '@recoup/sandbox';

export interface Papers {
  /** The ledger's rows by their keys. */
  readonly rows: ReadonlyMap<string, LedgerFact>;
  readonly asOf: Date;
}

/** A finding's case as it would be laid before the desk: from the rows that it rests on, and nothing from its score. */
export function packetOf(finding: ClaimFinding, { rows, asOf }: Papers): Packet {
  const { subtype, subject, lossDay, quantity, value, allocation, sources, deadline } = finding;
  const shown = sources.flatMap(({ key }) => rows.get(key) ?? []);
  const [first] = shown;
  const { orderId, shipmentId, removalOrderId, reimbursementId } = subject;
  const ids = [orderId, shipmentId, removalOrderId, reimbursementId].filter((id) => id !== null);
  const charged = allocation.filter(({ kind }) => kind === 'charged');
  const today = asOf.toISOString().slice(0, 10);
  const open = Math.abs(first?.unreconciledQuantity ?? 0);
  const tied = ids.length > 0 || charged.length > 0;
  return {
    subtype,
    fnsku: subject.fnsku,
    names: [
      ...shown.map(({ referenceId }) => referenceId),
      ...ids,
      ...charged.map(({ reference }) => reference),
    ],
    units: quantity,
    lossDay,
    ageDays: daysBetween(lossDay, today),
    daysLeft: daysBetween(today, deadline),
    quotedOpen: Math.min(open, quantity) / quantity,
    showsAmount: value.total !== null,
    places: new Set(allocation.map(({ facility }) => facility)).size,
    isWhole: shown.some((row) => row.quantity < 0) && shown.some((row) => row.quantity > 0),
    tied: tied ? 1 : 0,
    // Of what came damaged, the row's state is the loss itself and not how the units were before.
    sellable: subtype === 'inbound_damaged' || !first || first.disposition === 'SELLABLE',
  };
}
