import type { AllocationLine, SourceRef } from '@recoup/contracts';
import type { Loss } from './losses.js';

/** Units that make a loss good, or show that there was none. Each is used once, for one loss. */
export interface Offset {
  readonly kind: AllocationLine['kind'];
  readonly day: string;
  readonly units: number;
  readonly reference: string;
  readonly facility: string | null;
  readonly source: SourceRef;
  readonly covers: (loss: Loss) => boolean;
}

export interface Use {
  readonly loss: Loss;
  readonly offset: Offset;
  readonly units: number;
}

/** What of a loss is still to be accounted for. */
export interface Room {
  readonly loss: Loss;
  /** Units that Amazon calls reconciled and for which nothing has been seen yet. */
  reconciled: number;
  /** Units that Amazon calls open, or all where it does not say. */
  open: number;
}

export function roomOf(loss: Loss): Room {
  const open = loss.stated === null ? loss.units : Math.min(loss.units, loss.stated);
  return { loss, open, reconciled: loss.units - open };
}

/**
 * Uses offsets up against losses, both oldest first (FIFO). An offset never covers a loss of a later day. Units that
 * Amazon itself states as reconciled are explained first: otherwise a find that Amazon booked to one row would be taken
 * off another, and two truths would make a wrong third. Changes `rooms`; answers the uses and what of the offsets is left.
 *
 * One more offset never leaves a loss more open than without it: each takes the first fitting unit of a fixed order.
 */
export function consume(
  rooms: readonly Room[],
  offsets: readonly Offset[],
): { readonly uses: readonly Use[]; readonly rest: readonly Offset[] } {
  const explained = pass(rooms, offsets, 'reconciled');
  const covered = pass(rooms, explained.rest, 'open');
  return { uses: [...explained.uses, ...covered.uses], rest: covered.rest };
}

function pass(rooms: readonly Room[], offsets: readonly Offset[], part: 'reconciled' | 'open') {
  const uses: Use[] = [];
  const rest: Offset[] = [];
  for (const offset of offsets) {
    let units = offset.units;
    for (const room of rooms) {
      if (units === 0) break;
      const used = fits(room, offset) ? Math.min(units, room[part]) : 0;
      if (used === 0) continue;
      room[part] -= used;
      units -= used;
      uses.push({ loss: room.loss, offset, units: used });
    }
    if (units > 0) rest.push({ ...offset, units });
  }
  return { uses, rest };
}

/** Same day counts as after: the ledger's rows of a day have no sure order, and a doubt is never claimed. */
function fits({ loss }: Room, offset: Offset): boolean {
  return loss.row.data.day <= offset.day && offset.covers(loss);
}
