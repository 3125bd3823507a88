import { createHash } from 'node:crypto';

/** Keys that were seen, at a few bytes each: a report may have a million. */
export interface SeenKeys {
  /** True when the key is new. Takes a new key for a seen one by chance, among a million once in 20,000 times. */
  add(key: string): boolean;
}

/** Room at first; doubled whenever half of it is taken. */
const ROOM = 1 << 12;

/** An open-addressing table of 53-bit fingerprints, which is what a Float64 holds exactly; 0 marks a free place. */
export function seenKeys(): SeenKeys {
  let table = new Float64Array(ROOM);
  let taken = 0;

  function grow(): void {
    const old = table;
    table = new Float64Array(old.length * 2);
    for (const print of old) if (print !== 0) table[placeOf(table, print)] = print;
  }
  return {
    add(key) {
      const print = fingerprint(key);
      const place = placeOf(table, print);
      if (table[place] === print) return false;
      table[place] = print;
      taken += 1;
      if (taken * 2 > table.length) grow();
      return true;
    },
  };
}

/** Where a fingerprint is, or where it belongs. */
function placeOf(table: Float64Array, print: number): number {
  let place = print % table.length;
  while (table[place] !== 0 && table[place] !== print) place = (place + 1) % table.length;
  return place;
}

function fingerprint(key: string): number {
  const digest = createHash('sha256').update(key).digest();
  return digest.readUIntBE(0, 6) * 32 + ((digest[6] ?? 0) % 32) || 1;
}
