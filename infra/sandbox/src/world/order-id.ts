/**
 * Amazon's order numbers look random, and a page of v0 items is asked for by number alone. So the n-th order's
 * number is n on a multiplicative walk through 14 digits, which can be walked back: nothing has to be remembered.
 */
const MODULUS = 100_000_000_000_000n;
const STEP = 61_803_398_874_989n;
const BACK = inverse(STEP, MODULUS);
const PATTERN = /^\d{3}-(\d{7})-(\d{7})$/;

/** The 3-7-7 number of the n-th order of a seller. */
export function orderIdAt(seed: number, n: number): string {
  const digits = ((BigInt(n) * STEP + offset(seed)) % MODULUS).toString().padStart(14, '0');
  return `11${3 + (seed % 2)}-${digits.slice(0, 7)}-${digits.slice(7)}`;
}

/** Which order a number names; undefined when it cannot be one of this seller's first `count`. */
export function orderIndexOf(seed: number, id: string, count: number): number | undefined {
  const parts = PATTERN.exec(id);
  if (!parts) return undefined;
  const digits = BigInt(`${parts[1]}${parts[2]}`);
  const n = ((((digits - offset(seed)) % MODULUS) + MODULUS) * BACK) % MODULUS;
  return n < BigInt(count) && orderIdAt(seed, Number(n)) === id ? Number(n) : undefined;
}

function offset(seed: number): bigint {
  return BigInt(seed) * 23_283n;
}

function inverse(value: bigint, modulus: bigint): bigint {
  let [a, b, x, y] = [value, modulus, 1n, 0n];
  while (b !== 0n) {
    const quotient = a / b;
    [a, b, x, y] = [b, a - quotient * b, y, x - quotient * y];
  }
  return ((x % modulus) + modulus) % modulus;
}
