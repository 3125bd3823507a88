import { CANADA, US, type Marketplace } from './marketplaces.js';

/** Amazon's form of a merchant token. */
export const SELLER_ID = /^A[0-9A-Z]{9,15}$/;

export interface Seller {
  readonly id: string;
  readonly storeName: string;
  readonly marketplaces: readonly Marketplace[];
}

/** The sellers that the consent page offers. */
export const OFFERED_SELLERS: readonly Seller[] = [
  { id: 'A2HARBORPINE01', storeName: 'Harbor & Pine Goods', marketplaces: [US] },
  { id: 'A3MAPLETRAIL02', storeName: 'Maple Trail Supply', marketplaces: [US, CANADA] },
  { id: 'A1BRIGHTHOME03', storeName: 'Bright Home Kitchen', marketplaces: [US] },
];

/** Any well-formed id is a seller: one that nobody has heard of sells in the US under its own id. */
export function sellerOf(id: string): Seller {
  const offered = OFFERED_SELLERS.find((seller) => seller.id === id);
  return offered ?? { id, storeName: `Store ${id}`, marketplaces: [US] };
}
