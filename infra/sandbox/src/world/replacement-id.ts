/** The number of the order that replaces another: no order of the seller's own has it. */
export function replacementIdOf(orderId: string): string {
  return orderId.replace(/^\d{3}/, '119');
}
