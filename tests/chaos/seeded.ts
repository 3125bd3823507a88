/** Numbers that look random and are the same for the same seed. */
export interface Seeded {
  /** From `low` up to but not including `high`. */
  between(low: number, high: number): number;
  pick<T>(from: readonly [T, ...T[]]): T;
  /** The same members in another order. */
  shuffle<T>(members: readonly T[]): T[];
}

/** Mulberry32: 32 bits of state are plenty for choosing moments. */
export function seeded(seed: number): Seeded {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    between: (low, high) => low + next() * (high - low),
    pick: (from) => from[below(from.length)] ?? from[0],
    shuffle(members) {
      const shuffled = [...members];
      for (let at = shuffled.length - 1; at > 0; at -= 1) {
        const other = below(at + 1);
        [shuffled[at], shuffled[other]] = [shuffled[other]!, shuffled[at]!];
      }
      return shuffled;
    },
  };
}
