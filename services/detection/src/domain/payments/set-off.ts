import { groupBy } from '@recoup/kernel';
import type { AllocationLine, SourceRef } from '@recoup/contracts';
import { compareText } from '../facts.js';

/** Units that are missing of something that Amazon names: a shipment, a removal order. */
export interface Missing {
  /** Tells it from all others that are missing. */
  readonly key: string;
  /** What Amazon names; several may be missing of it. */
  readonly id: string;
  /** The first day on which they may have been made good. */
  readonly from: string;
  readonly units: number;
}

/** Units that make something good. Each is used once. */
export interface Settling {
  readonly kind: AllocationLine['kind'];
  readonly day: string;
  readonly units: number;
  readonly reference: string;
  readonly source: SourceRef;
  /** What it is for, where Amazon says it; null where it may be for any. */
  readonly names: string | null;
}

export interface Settled {
  readonly left: number;
  /** What made it good, in time order. */
  readonly uses: readonly (Settling & { readonly named: boolean })[];
}

/**
 * Uses settlings up: each first for what it names, whatever its day; what names nothing, and what is left of the others,
 * for the oldest that is missing (FIFO), never for what goes missing later. One more settling never leaves more open.
 */
export function setOff(
  missing: readonly Missing[],
  settlings: readonly Settling[],
): ReadonlyMap<string, Settled> {
  const rooms = [...missing]
    .sort((a, b) => compareText(a.from, b.from) || compareText(a.key, b.key))
    .map((one): Room => ({ ...one, left: one.units, uses: [] }));
  const inTime = [...settlings].sort(
    (a, b) => compareText(a.day, b.day) || compareText(a.source.key, b.source.key),
  );
  useForOldest(rooms, useByName(rooms, inTime));
  return new Map(
    rooms.map(({ key, left, uses }) => [
      key,
      { left, uses: uses.sort((a, b) => compareText(a.day, b.day)) },
    ]),
  );
}

type Use = Settled['uses'][number];

interface Room extends Missing {
  left: number;
  readonly uses: Use[];
}

/** Answers what is left of the settlings. */
function useByName(rooms: readonly Room[], settlings: readonly Settling[]): readonly Settling[] {
  const byId = groupBy(rooms, ({ id }) => id);
  return settlings.flatMap((settling) => {
    let { units } = settling;
    for (const room of byId.get(settling.names ?? '') ?? []) {
      units -= use(room, { ...settling, units, named: true });
    }
    return units > 0 ? [{ ...settling, units }] : [];
  });
}

/** Rooms and settlings both in time: what is full is not looked at again. */
function useForOldest(rooms: readonly Room[], settlings: readonly Settling[]): void {
  let oldest = 0;
  for (const settling of settlings) {
    let { units } = settling;
    for (let room = rooms[oldest]; room && units > 0; room = rooms[oldest]) {
      if (room.left > 0 && room.from > settling.day) break;
      units -= use(room, { ...settling, units, named: false });
      if (room.left === 0) oldest += 1;
    }
  }
}

/** Uses up what there is room for; answers how many units. */
function use(room: Room, wanted: Use): number {
  const units = Math.min(room.left, wanted.units);
  if (units > 0) room.uses.push({ ...wanted, units });
  room.left -= units;
  return units;
}

/** What was used, as lines of the claim's allocation. */
export function linesOf({ uses }: Settled): AllocationLine[] {
  return uses.map(({ kind, day, units, reference }) => ({
    kind,
    day,
    quantity: units,
    reference,
    facility: null,
  }));
}

/** Units of it that were paid for. */
export function paidOf({ uses }: Settled): number {
  return uses
    .filter(({ kind }) => kind === 'reimbursed')
    .reduce((sum, { units }) => sum + units, 0);
}
