/**
 * Cents as a decimal string (`-1234` → `"-12.34"`). Both currencies of the sandbox have two places; asking the
 * platform for them on every amount would cost more than making the order around it.
 */
export function decimal(cents: number): string {
  return (cents / 100).toFixed(2);
}
