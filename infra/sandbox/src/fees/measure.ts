/** Sides and weight of one packed unit, in hundredths of an inch and of a pound. The longest side comes first. */
export interface Measure {
  readonly longest: number;
  readonly median: number;
  readonly shortest: number;
  readonly weight: number;
}

const CUBIC_INCHES = 1_728;
/** Cubic inches that count as a pound: what a light but bulky unit is charged as. */
const DIMENSIONAL_DIVISOR = 139;

/** Ten-thousandths of a cubic foot: as exactly as the storage report tells it, and fees are reckoned from it. */
export function volumeOf({ longest, median, shortest }: Measure): number {
  return Math.max(1, Math.round((longest * median * shortest) / CUBIC_INCHES / 100));
}

/** Longest side, and twice the other two, in hundredths of an inch. */
export function lengthAndGirth({ longest, median, shortest }: Measure): number {
  return longest + 2 * (median + shortest);
}

/** Hundredths of a pound that a unit counts as: its weight, or that of its size where that is more. */
export function shippingWeight({ longest, median, shortest, weight }: Measure): number {
  const dimensional = Math.round((longest * median * shortest) / DIMENSIONAL_DIVISOR / 10_000);
  return Math.max(weight, dimensional);
}

/** Sides in the order of their length, whatever the order in which they were given. */
export function measureOf(sides: readonly [number, number, number], weight: number): Measure {
  const [longest = 0, median = 0, shortest = 0] = [...sides].sort((a, b) => b - a);
  return { longest, median, shortest, weight };
}
