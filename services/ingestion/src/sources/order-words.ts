/** Service levels of Orders 2026-01-01; v0 has the same ones in another spelling. */
const SERVICE_LEVELS: ReadonlySet<string> = new Set([
  ...['EXPEDITED', 'FREE_ECONOMY', 'NEXT_DAY', 'PRIORITY'],
  ...['SAME_DAY', 'SCHEDULED', 'SECOND_DAY', 'STANDARD'],
]);

const STATUSES: Readonly<Record<string, string>> = {
  CANCELED: 'CANCELLED',
  // "All items in the order have been shipped", only the invoice is not confirmed: the model of Orders v0 has this word, its
  // successor keeps the invoice apart from the fulfilment.
  INVOICE_UNCONFIRMED: 'SHIPPED',
};

/**
 * The status of an order in the words of Orders 2026-01-01. Reports add what the carrier says (`Shipped - Delivered to
 * Buyer`, as sellers see it: amzn/selling-partner-api-models, issue 1428), which is no state of the order. A word that is not
 * known is kept.
 */
export function orderStatus(word: string): string {
  const state = capitals(word.split(' - ')[0] ?? '');
  return STATUSES[state] ?? state;
}

/** Who ships: `AMAZON` or `MERCHANT`, from the words of any route; null for another. */
export function fulfilledBy(word: string | null | undefined): 'AMAZON' | 'MERCHANT' | null {
  const channel = word?.trim().toUpperCase();
  if (channel === 'AMAZON' || channel === 'AFN') return 'AMAZON';
  return channel === 'MERCHANT' || channel === 'MFN' ? 'MERCHANT' : null;
}

/** A service level in the words of Orders 2026-01-01; null for a carrier's own (`Std US D2D Dom`). */
export function serviceLevel(word: string | null | undefined): string | null {
  const level = capitals(word ?? '');
  return SERVICE_LEVELS.has(level) ? level : null;
}

/** `PartiallyShipped`, `Partially Shipped` and `PARTIALLY_SHIPPED` are one word. */
function capitals(word: string): string {
  return word
    .trim()
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .replaceAll(/[^A-Za-z]+/g, '_')
    .toUpperCase();
}
