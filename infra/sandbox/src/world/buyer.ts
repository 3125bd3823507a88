import { between, pick, randomFrom, seedOf, type Random } from '../random.js';
import type { Marketplace } from './marketplaces.js';

/** Who ordered, and where the parcel goes. Invented: streets, numbers and mail addresses belong to nobody. */
export interface Buyer {
  readonly name: string;
  /** Amazon's anonymised form, which forwards mail. */
  readonly email: string;
  readonly phone: string;
  readonly street: string;
  readonly city: string;
  readonly stateOrRegion: string;
  readonly postalCode: string;
  readonly countryCode: string;
}

const FIRST = [
  ...['Ottoline', 'Bartholomew', 'Seraphina', 'Thaddeus', 'Philippa', 'Cornelius', 'Wilhelmina'],
  ...['Ignatius', 'Marigold', 'Octavian', 'Rosalind', 'Leopold', 'Clementine', 'Algernon'],
];
/** Words that no product, report or message of the sandbox has: who finds one has found a buyer. */
const LAST = [
  ...['Brackwater', 'Quillfeather', 'Thistledown', 'Wexcombe', 'Marlinspike', 'Dunnockhurst'],
  ...['Pembridgeway', 'Larkhollow', 'Sallowfield', 'Vintervale', 'Ashgrovesend', 'Fennimoor'],
];
const STREETS = [
  'Brambleway',
  'Hollyhock Row',
  'Candlewick Lane',
  'Starling Rise',
  'Otterburn Walk',
];

type City = readonly [city: string, stateOrRegion: string];
const US_CITIES: readonly City[] = [
  ['SPRINGFIELD', 'OR'],
  ['CEDAR FALLS', 'IA'],
  ['BURLINGTON', 'VT'],
];
const CANADIAN_CITIES: readonly City[] = [
  ['MONCTON', 'NB'],
  ['KELOWNA', 'BC'],
];

/** The buyer of an order: a function of its number, which is one of the seed. */
export function buyerOf(orderId: string, marketplace: Marketplace): Buyer {
  const random = randomFrom(seedOf('buyer', orderId));
  const canadian = marketplace.countryCode === 'CA';
  const [city, stateOrRegion] = pick(random, canadian ? CANADIAN_CITIES : US_CITIES);
  return {
    name: `${pick(random, FIRST)} ${pick(random, LAST)}`,
    email: `${letters(random, 15)}@marketplace.${marketplace.domain.replace('www.', '')}`,
    // 555-01xx is kept free of subscribers in North America; Amazon adds an extension of its own.
    phone: `+1 ${between(random, 201, 989)}-555-01${digits(random, 2)} ext. ${digits(random, 5)}`,
    street: `${between(random, 100, 9_999)} ${pick(random, STREETS)}`,
    city,
    stateOrRegion,
    postalCode: canadian
      ? `E1${letter(random)} ${digits(random, 1)}${letter(random)}4`
      : digits(random, 5),
    countryCode: marketplace.countryCode,
  };
}

function digits(random: Random, count: number): string {
  return Array.from({ length: count }, () => between(random, 0, 9)).join('');
}

function letters(random: Random, count: number): string {
  return Array.from({ length: count }, () => between(random, 0, 35).toString(36)).join('');
}

function letter(random: Random): string {
  return pick(random, ['A', 'B', 'C', 'E', 'G', 'H']);
}
