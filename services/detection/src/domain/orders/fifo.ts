/** Units that are still to be accounted for. Changed as they are taken. */
export interface Portion<T> {
  readonly of: T;
  units: number;
}

/** Takes units from the first portions that have any, and answers what was taken of which; no more than there is. */
export function takeFrom<T>(
  portions: readonly Portion<T>[],
  units: number,
): readonly Readonly<Portion<T>>[] {
  let wanted = units;
  const taken: Portion<T>[] = [];
  for (const portion of portions) {
    if (wanted <= 0) break;
    const used = Math.min(wanted, portion.units);
    if (used === 0) continue;
    portion.units -= used;
    wanted -= used;
    taken.push({ of: portion.of, units: used });
  }
  return taken;
}
