import type { AllocationLine, SourceRef } from '@recoup/contracts';
import { compareText, type LedgerRow } from '../facts.js';
import type { Offset, Room, Use } from './consume.js';
import type { Loss } from './losses.js';

/** A loss with everything that was set off against it: `units` = what the lines used + `left`. */
export interface AllocatedLoss extends Loss {
  readonly left: number;
  /** Units already paid for. */
  readonly reimbursed: number;
  /** The first line is the loss itself; the others used it up, in time order. */
  readonly lines: readonly AllocationLine[];
  readonly sources: readonly SourceRef[];
}

export type UsesByLoss = ReadonlyMap<Loss, readonly Use[]>;

/** Uses by loss, in time order; what one row gave to one loss in several steps is one use. */
export function usesByLoss(uses: readonly Use[]): UsesByLoss {
  const grouped = new Map<Loss, Map<string, Use>>();
  for (const use of uses) {
    const own = grouped.get(use.loss) ?? new Map<string, Use>();
    const before = own.get(use.offset.source.key)?.units ?? 0;
    own.set(use.offset.source.key, { ...use, units: before + use.units });
    grouped.set(use.loss, own);
  }
  return new Map([...grouped].map(([loss, own]) => [loss, [...own.values()].sort(byOffset)]));
}

function byOffset(a: Use, b: Use): number {
  return (
    compareText(a.offset.day, b.offset.day) || compareText(a.offset.source.key, b.offset.source.key)
  );
}

/** Units that were used, in all or in one way. */
export function used(uses: readonly Use[] = [], kind?: Offset['kind']): number {
  return uses
    .filter((use) => kind === undefined || use.offset.kind === kind)
    .reduce((sum, use) => sum + use.units, 0);
}

/** What became of a loss, told line by line. `shown`: rows that belong to it and used nothing up. */
export function settled(
  room: Room,
  uses: readonly Use[] = [],
  shown: readonly LedgerRow[] = [],
): AllocatedLoss {
  const { loss } = room;
  return {
    ...loss,
    left: room.open,
    reimbursed: used(uses, 'reimbursed'),
    lines: [lossLine(loss), ...uses.map(useLine), ...unseenLine(room)],
    sources: sourcesOf(loss, uses, shown),
  };
}

function lossLine({ kind, row, units }: Loss): AllocationLine {
  const { day, referenceId, fulfillmentCenter } = row.data;
  return {
    kind,
    day,
    quantity: units,
    reference: referenceId,
    facility: fulfillmentCenter || null,
  };
}

function useLine({ offset, units }: Use): AllocationLine {
  const { kind, day, reference, facility } = offset;
  return { kind, day, quantity: units, reference, facility };
}

/** Units that Amazon states as reconciled though no row shows how: its word bounds the claim. */
function unseenLine({ loss, reconciled }: Room): readonly AllocationLine[] {
  if (reconciled === 0) return [];
  const { day } = loss.row.data;
  return [
    {
      kind: 'corrected',
      day,
      quantity: reconciled,
      reference: 'reconciled by Amazon',
      facility: null,
    },
  ];
}

function sourcesOf(
  loss: Loss,
  uses: readonly Use[],
  shown: readonly LedgerRow[],
): readonly SourceRef[] {
  const rows = [loss.row, ...loss.related, ...shown];
  const keys = new Map(rows.map((row) => [row.key, { kind: 'ledger', key: row.key }]));
  for (const { offset } of uses) keys.set(offset.source.key, offset.source);
  return [...keys.values()];
}
