import { buyerOf, type Buyer } from '../world/buyer.js';
import { US } from '../world/marketplaces.js';

/** Somebody who bought nothing here: whoever finds this buyer found what nobody has asked for. */
export const STRANGER: Buyer = buyerOf('nobody asked', US);

/** The sellers to whose application Amazon sends, for once, what was not asked for. */
export interface Leaks {
  isLeaking(sellerId: string): boolean;
  set(sellerId: string, leaking: boolean): void;
}

export function leaks(): Leaks {
  const leaking = new Set<string>();
  return {
    isLeaking: (sellerId) => leaking.has(sellerId),
    set(sellerId, on) {
      if (on) leaking.add(sellerId);
      else leaking.delete(sellerId);
    },
  };
}

/**
 * A body with a buyer in every object of it, under names that Amazon has elsewhere and under names that nobody knows:
 * what a client must not let in, wherever it comes.
 */
export function withBuyers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withBuyers);
  if (typeof value !== 'object' || value === null) return value;
  const inner = Object.entries(value).map(([name, member]) => [name, withBuyers(member)]);
  return {
    buyerName: STRANGER.name,
    BuyerInfo: { BuyerEmail: STRANGER.email, BuyerName: STRANGER.name },
    recipientNote: `for ${STRANGER.name}, ${STRANGER.street}, ${STRANGER.phone}`,
    ...(Object.fromEntries(inner) as object),
  };
}

const COLUMNS: Readonly<Record<string, string>> = {
  'buyer-name': STRANGER.name,
  'buyer-email': STRANGER.email,
  'buyer-phone-number': STRANGER.phone,
  'ship-address-1': STRANGER.street,
};

/** The columns that a report has then beside its own, and what stands in them. */
export const LEAKED_COLUMNS: readonly string[] = Object.keys(COLUMNS);
export const LEAKED_FIELDS: readonly string[] = Object.values(COLUMNS);
