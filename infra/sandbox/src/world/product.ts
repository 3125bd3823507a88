import { between, pick, randomFrom, seedOf, type Random } from '../random.js';
import { centersOf } from './fulfillment-centers.js';
import type { Marketplace } from './marketplaces.js';
import type { Seller } from './sellers.js';

/** Something the seller sells. Amounts are cents of the marketplace's currency. */
export interface Product {
  readonly index: number;
  readonly sku: string;
  readonly fnsku: string;
  readonly asin: string;
  readonly title: string;
  readonly marketplace: Marketplace;
  readonly priceCents: number;
  /** What the seller pays for one: what Amazon pays for one lost before a customer ordered it. */
  readonly costCents: number;
  readonly fbaFeeCents: number;
  /** Where it is stocked and shipped from. */
  readonly centers: readonly string[];
}

/* Latin-1 letters and inch marks are here on purpose: report files come in more than one charset, and unquoted. */
const KINDS = [
  'Cast Iron Skillet 10" Pre-Seasoned',
  'Café Pour-Over Kettle',
  'Bamboo Cutting Board',
  'Insulated Water Bottle 750 ml',
  'Crème Brûlée Ramekins',
  'LED Desk Lamp',
  'Yoga Mat 6 mm',
  'Silicone Baking Mat',
  'Dog Leash, Reflective',
  'Travel Organizer Cubes',
  'Resistance Bands',
  'Picture Frame 11" x 14"',
];
const MAKES = ['Classic', 'Compact', 'Pro', 'Set of 2', 'Set of 4', 'Deluxe', 'Slim', 'Natural'];
const COLOURS = ['Black', 'Slate', 'Forest', 'Sand', 'Ivory', 'Navy', 'Rust', 'White'];

/** The catalogue of a seller. Where it sells in two marketplaces, every fourth product belongs to the second. */
export function catalogueOf(seller: Seller, seed: number, count: number): Product[] {
  return Array.from({ length: count }, (_, index) => {
    const second = index % 4 === 3 ? seller.marketplaces[1] : undefined;
    const marketplace = second ?? seller.marketplaces[0];
    if (!marketplace) throw new RangeError(`${seller.id} sells nowhere`);
    return productAt(index, marketplace, randomFrom(seedOf(seed, 'product', index)));
  });
}

function productAt(index: number, marketplace: Marketplace, random: Random): Product {
  const priceCents = between(random, 9, 79) * 100 + 99;
  const costCents = Math.round(priceCents * (0.2 + random() * 0.16));
  const title = `${pick(random, KINDS)} - ${pick(random, MAKES)}, ${pick(random, COLOURS)}`;
  const all = centersOf(marketplace.countryCode);
  const first = between(random, 0, all.length - 1);
  const centers = [0, 1, 2].map((step) => all[(first + step) % all.length] ?? '');
  // The index is part of every identifier: two products never share one, however many there are.
  const serial = index.toString(36).toUpperCase().padStart(4, '0');
  return {
    index,
    sku: `${marketplace.countryCode}-${serial}-${word(random, 4)}`,
    fnsku: `X00${word(random, 3)}${serial}`,
    asin: `B0${word(random, 4)}${serial}`,
    title,
    marketplace,
    priceCents,
    costCents,
    fbaFeeCents: 322 + Math.round(priceCents * 0.04),
    centers,
  };
}

function word(random: Random, length: number): string {
  const letters = '0123456789ABCDEFGHJKLMNPQRSTUVWXYZ';
  const letter = () => letters.charAt(between(random, 0, letters.length - 1));
  return Array.from({ length }, letter).join('');
}
