import type { AllocationLine, SourceRef } from '@recoup/contracts';
import type { Loss } from './losses.js';

/** Units that make a loss good, or show that there was none. Each is used once, for one loss. */
export interface Offset {
  readonly kind: AllocationLine['kind'];
  readonly day: string;
  /** The last day of losses that it covers; its own day unless said. */
  readonly reaches?: string;
  readonly units: number;
  readonly reference: string;
  readonly facility: string | null;
  readonly fnsku: string;
  readonly source: SourceRef;
  /** The kinds of loss that it may be used for. */
  readonly covers: readonly Loss['kind'][];
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

/** What a loss and an offset must have in common: offsets are used for losses that are alike in it, and for no other. */
export interface Likeness {
  readonly ofLoss: (loss: Loss) => string | null;
  /** Null where it names nothing: then it is used for no loss in this way. */
  readonly ofOffset: (offset: Offset) => string | null;
}

export interface Consumed {
  readonly uses: readonly Use[];
  readonly rest: readonly Offset[];
}

const ANY: Likeness = { ofLoss: () => '', ofOffset: () => '' };

/**
 * Uses offsets up against losses, both oldest first (FIFO). An offset never covers a loss of a later day. Units that
 * Amazon itself states as reconciled are explained first: otherwise a find that Amazon booked to one row would be taken
 * off another, and two truths would make a wrong third. Changes `rooms`; answers the uses and what of the offsets is left.
 *
 * One more offset never leaves a loss more open than without it: each takes the first fitting unit of a fixed order.
 * Its steps are as many as there are losses, offsets and uses together, however long the history of a product is.
 */
export function consume(
  rooms: readonly Room[],
  offsets: readonly Offset[],
  likeness: Likeness = ANY,
): Consumed {
  const explained = pass(offsets, openQueues(rooms, 'reconciled', likeness));
  const covered = pass(explained.rest, openQueues(rooms, 'open', likeness));
  return { uses: [...explained.uses, ...covered.uses], rest: covered.rest };
}

/** As consume, in several ways one after the other: each sees only what the ways before have left over. */
export function consumeBy(
  rooms: readonly Room[],
  offsets: readonly Offset[],
  likenesses: readonly Likeness[],
): Consumed {
  const uses: Use[] = [];
  let rest = offsets;
  for (const likeness of [...likenesses, ANY]) {
    const consumed = consume(rooms, rest, likeness);
    for (const use of consumed.uses) uses.push(use);
    rest = consumed.rest;
  }
  return { uses, rest };
}

type Take = (offset: Offset) => readonly Use[];

function pass(offsets: readonly Offset[], take: Take): Consumed {
  const uses: Use[] = [];
  const rest: Offset[] = [];
  for (const offset of offsets) {
    let { units } = offset;
    for (const use of take(offset)) {
      units -= use.units;
      uses.push(use);
    }
    if (units > 0) rest.push(units === offset.units ? offset : { ...offset, units });
  }
  return { uses, rest };
}

/** Losses that are alike wait in one line, per set of kinds that some offset covers. */
function openQueues(
  rooms: readonly Room[],
  part: 'reconciled' | 'open',
  { ofLoss, ofOffset }: Likeness,
): Take {
  const lines = new Map<string, Map<string, Take>>();
  const linesFor = (kinds: readonly Loss['kind'][]): Map<string, Take> => {
    const name = kinds.join(' ');
    const known = lines.get(name);
    if (known) return known;
    const alike = new Map<string, Room[]>();
    for (const room of rooms) {
      const like = kinds.includes(room.loss.kind) ? ofLoss(room.loss) : null;
      if (like === null || room[part] === 0) continue;
      const line = alike.get(like);
      if (line) line.push(room);
      else alike.set(like, [room]);
    }
    const made = new Map([...alike].map(([like, line]) => [like, openLine(line, part)]));
    lines.set(name, made);
    return made;
  };
  return (offset) => {
    const like = ofOffset(offset);
    return (like === null ? undefined : linesFor(offset.covers).get(like)?.(offset)) ?? [];
  };
}

/** A line in day order. Who has no room left is passed over for good. */
function openLine(line: readonly Room[], part: 'reconciled' | 'open'): Take {
  const next = line.map((_, at) => at);
  const firstOpen = (from: number): number => {
    let at = from;
    while (at < line.length && line[at]?.[part] === 0) {
      const step = Math.max(at + 1, next[at] ?? 0);
      next[at] = step;
      at = step;
    }
    next[from] = at;
    return at;
  };
  return (offset) => {
    const uses: Use[] = [];
    let { units } = offset;
    for (let at = firstOpen(0); units > 0 && at < line.length; at = firstOpen(at)) {
      const room = line[at];
      if (!room || !isInTime(room, offset)) break;
      const used = Math.min(units, room[part]);
      room[part] -= used;
      units -= used;
      uses.push({ loss: room.loss, offset, units: used });
    }
    return uses;
  };
}

/** Same day counts as after: the ledger's rows of a day have no sure order, and a doubt is never claimed. */
function isInTime({ loss }: Room, { day, reaches = day }: Offset): boolean {
  return loss.row.data.day <= reaches;
}
