/** Counts, for the lines of one order, how many came before that are equal in SKU and ASIN. */
export function ordinals(): (sku: string, asin: string) => number {
  const seen = new Map<string, number>();
  return (sku, asin) => {
    const key = JSON.stringify([sku, asin]);
    const ordinal = seen.get(key) ?? 0;
    seen.set(key, ordinal + 1);
    return ordinal;
  };
}
