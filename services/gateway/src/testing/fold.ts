import type { RecordedEvent } from '@recoup/contracts';
import type { Projection } from '@recoup/projections';

/** Folds events into the rows of a projection, as the projector does, over rows that are there already. */
export function foldRows<D>(
  { keyOf, evolve }: Projection<D>,
  events: readonly RecordedEvent[],
  before: ReadonlyMap<string, D> = new Map(),
): Map<string, D> {
  const rows = new Map(before);
  for (const event of events) {
    const key = keyOf(event);
    if (key === null) continue;
    const after = evolve(rows.get(key) ?? null, event);
    if (after === null) rows.delete(key);
    else rows.set(key, after);
  }
  return rows;
}

export function foldAll<D>(projection: Projection<D>, events: readonly RecordedEvent[]): D[] {
  return [...foldRows(projection, events).values()];
}
