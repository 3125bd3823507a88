import { between, pick, randomFrom, seedOf, type Random } from '../random.js';
import type { FeeHistory } from '../fees/charges.js';
import { measureOf, type Measure } from '../fees/measure.js';
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
  /** Amazon's word for what it is, which decides the commission. */
  readonly group: string;
  /** As Amazon has measured it. */
  readonly measure: Measure;
  readonly feeHistory: FeeHistory;
  /** Where it is stocked and shipped from. */
  readonly centers: readonly string[];
}

/* Latin-1 letters and inch marks are here on purpose: report files come in more than one charset, and unquoted. */
interface Kind {
  readonly title: string;
  readonly group: string;
  readonly sides: readonly [number, number, number];
  readonly weight: number;
}

const KINDS: readonly Kind[] = [
  {
    title: 'Cast Iron Skillet 10" Pre-Seasoned',
    group: 'Kitchen',
    sides: [1_200, 1_080, 240],
    weight: 420,
  },
  { title: 'Café Pour-Over Kettle', group: 'Kitchen', sides: [1_000, 760, 700], weight: 240 },
  { title: 'Bamboo Cutting Board', group: 'Kitchen', sides: [1_580, 1_100, 110], weight: 310 },
  { title: 'Insulated Water Bottle 750 ml', group: 'Sports', sides: [1_080, 320, 310], weight: 90 },
  { title: 'Crème Brûlée Ramekins', group: 'Kitchen', sides: [880, 860, 380], weight: 330 },
  { title: 'LED Desk Lamp', group: 'Tools & Lighting', sides: [1_540, 680, 480], weight: 270 },
  { title: 'Yoga Mat 6 mm', group: 'Sports', sides: [1_560, 520, 500], weight: 220 },
  { title: 'Silicone Baking Mat', group: 'Kitchen', sides: [1_340, 1_060, 60], weight: 60 },
  { title: 'Dog Leash, Reflective', group: 'Pet Products', sides: [900, 560, 65], weight: 45 },
  { title: 'Travel Organizer Cubes', group: 'Luggage', sides: [1_330, 1_080, 66], weight: 80 },
  { title: 'Resistance Bands', group: 'Sports', sides: [780, 580, 150], weight: 95 },
  { title: 'Picture Frame 11" x 14"', group: 'Home', sides: [1_560, 1_250, 110], weight: 240 },
];
const MAKES = ['Classic', 'Compact', 'Pro', 'Set of 2', 'Set of 4', 'Deluxe', 'Slim', 'Natural'];
const COLOURS = ['Black', 'Slate', 'Forest', 'Sand', 'Ivory', 'Navy', 'Rust', 'White'];

/** The catalogue of a seller. Where it sells in two marketplaces, every fourth product belongs to the second. */
export function catalogueOf(seller: Seller, seed: number, count: number): Product[] {
  return Array.from({ length: count }, (_, index) => {
    const second = index % 4 === 3 ? seller.marketplaces[1] : undefined;
    const marketplace = second ?? seller.marketplaces[0];
    if (!marketplace) throw new RangeError(`${seller.id} sells nowhere`);
    return productAt(index, marketplace, {
      random: randomFrom(seedOf(seed, 'product', index)),
      size: randomFrom(seedOf(seed, 'size', index)),
    });
  });
}

function productAt(
  index: number,
  marketplace: Marketplace,
  { random, size }: { readonly random: Random; readonly size: Random },
): Product {
  const priceCents = between(random, 9, 79) * 100 + 99;
  const costCents = Math.round(priceCents * (0.2 + random() * 0.16));
  const { title: name, group, sides, weight } = pick(random, KINDS);
  const title = `${name} - ${pick(random, MAKES)}, ${pick(random, COLOURS)}`;
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
    group,
    measure: varied(sides, weight, size),
    feeHistory: {},
    centers,
  };
}

function word(random: Random, length: number): string {
  const letters = '0123456789ABCDEFGHJKLMNPQRSTUVWXYZ';
  const letter = () => letters.charAt(between(random, 0, letters.length - 1));
  return Array.from({ length }, letter).join('');
}

/** Up to a tenth larger or smaller than its kind. */
function varied([a, b, c]: Kind['sides'], weight: number, random: Random): Measure {
  const share = 0.9 + random() * 0.2;
  const [x, y, z] = [a * share, b * share, c * share].map(Math.round);
  return measureOf([x ?? a, y ?? b, z ?? c], Math.round(weight * (0.9 + random() * 0.2)));
}
