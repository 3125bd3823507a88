import { dayIn } from '@recoup/kernel';

/**
 * A store of Amazon. `network` names the stock that is stored, moved and found together: a unit lost in one network is
 * never found in another.
 */
export interface MarketplaceRow {
  readonly id: string;
  /** ISO 3166. */
  readonly country: string;
  /** As getMarketplaceParticipations and orders name the sales channel. */
  readonly name: string;
  /** Whose calendar days Amazon counts there. */
  readonly timeZone: string;
  readonly currency: string;
  readonly network: Network;
}

export type Network =
  'us' | 'ca' | 'mx' | 'br' | 'uk' | 'eu' | 'jp' | 'au' | 'sg' | 'in' | 'ae' | 'sa' | 'eg' | 'tr';

const table: readonly (readonly [string, string, string, string, string, Network])[] = [
  // Amazon keeps Pacific time for the whole of North America (Seller Central reports).
  ['ATVPDKIKX0DER', 'US', 'Amazon.com', 'America/Los_Angeles', 'USD', 'us'],
  ['A2EUQ1WTGCTBG2', 'CA', 'Amazon.ca', 'America/Los_Angeles', 'CAD', 'ca'],
  ['A1AM78C64UM0Y8', 'MX', 'Amazon.com.mx', 'America/Los_Angeles', 'MXN', 'mx'],
  ['A2Q3Y263D00KWC', 'BR', 'Amazon.com.br', 'America/Sao_Paulo', 'BRL', 'br'],
  ['A1F83G8C2ARO7P', 'GB', 'Amazon.co.uk', 'Europe/London', 'GBP', 'uk'],
  ['A1PA6795UKMFR9', 'DE', 'Amazon.de', 'Europe/Berlin', 'EUR', 'eu'],
  ['A13V1IB3VIYZZH', 'FR', 'Amazon.fr', 'Europe/Paris', 'EUR', 'eu'],
  ['APJ6JRA9NG5V4', 'IT', 'Amazon.it', 'Europe/Rome', 'EUR', 'eu'],
  ['A1RKKUPIHCS9HS', 'ES', 'Amazon.es', 'Europe/Madrid', 'EUR', 'eu'],
  ['A1805IZSGTT6HS', 'NL', 'Amazon.nl', 'Europe/Amsterdam', 'EUR', 'eu'],
  ['AMEN7PMS3EDWL', 'BE', 'Amazon.com.be', 'Europe/Brussels', 'EUR', 'eu'],
  ['A28R8C7NBKEWEA', 'IE', 'Amazon.ie', 'Europe/Dublin', 'EUR', 'eu'],
  ['A1C3SOZRARQ6R3', 'PL', 'Amazon.pl', 'Europe/Warsaw', 'PLN', 'eu'],
  ['A2NODRKZP88ZB9', 'SE', 'Amazon.se', 'Europe/Stockholm', 'SEK', 'eu'],
  ['A33AVAJ2PDY3EV', 'TR', 'Amazon.com.tr', 'Europe/Istanbul', 'TRY', 'tr'],
  ['A17E79C6D8DWNP', 'SA', 'Amazon.sa', 'Asia/Riyadh', 'SAR', 'sa'],
  ['A2VIGQ35RCS4UG', 'AE', 'Amazon.ae', 'Asia/Dubai', 'AED', 'ae'],
  ['ARBP9OOSHTCHU', 'EG', 'Amazon.eg', 'Africa/Cairo', 'EGP', 'eg'],
  ['A21TJRUUN4KGV', 'IN', 'Amazon.in', 'Asia/Kolkata', 'INR', 'in'],
  ['A1VC38T7YXB528', 'JP', 'Amazon.co.jp', 'Asia/Tokyo', 'JPY', 'jp'],
  ['A39IBJ37TRP1C6', 'AU', 'Amazon.com.au', 'Australia/Sydney', 'AUD', 'au'],
  ['A19VAU5U5O7RUS', 'SG', 'Amazon.sg', 'Asia/Singapore', 'SGD', 'sg'],
];

export const marketplaces: readonly MarketplaceRow[] = table.map(
  ([id, country, name, timeZone, currency, network]) => ({
    id,
    country,
    name,
    timeZone,
    currency,
    network,
  }),
);

/** Countries with fulfilment centres and no store of their own, and the store whose stock they hold. */
const storeOfCountry: Readonly<Record<string, string>> = { CZ: 'DE', SK: 'DE', UK: 'GB' };

const byCountry = new Map(marketplaces.map((row) => [row.country, row]));

/** The store that a ledger row's `Country` belongs to; null where it names none we know. */
export function marketplaceOfCountry(country: string): MarketplaceRow | null {
  const code = country.trim().toUpperCase();
  return byCountry.get(storeOfCountry[code] ?? code) ?? null;
}

const byId = new Map(marketplaces.map((row) => [row.id, row]));

/** The store with that id of Amazon's; null where it is none we know. */
export function marketplaceOfId(id: string): MarketplaceRow | null {
  return byId.get(id) ?? null;
}

/** The stores that share a network's stock. */
export function marketplacesOf(network: Network): readonly MarketplaceRow[] {
  return marketplaces.filter((row) => row.network === network);
}

/** The calendar day of an instant where the network's first store is. */
export function dayInNetwork(network: Network, instant: string): string {
  return dayIn(marketplacesOf(network)[0]?.timeZone ?? 'UTC', new Date(instant));
}

const byName = new Map(marketplaces.map((row) => [row.name.toLowerCase(), row]));

/** The store that a sales channel is (`Amazon.com`); null for one that is not in the table, such as `Non-Amazon`. */
export function marketplaceOfChannel(name: string): MarketplaceRow | null {
  return byName.get(name.trim().toLowerCase()) ?? null;
}

/** The calendar day of an instant at a marketplace; null for one that is not in the table. */
export function dayAtMarketplace(marketplaceId: string, instant: Date): string | null {
  const row = byId.get(marketplaceId);
  return row ? dayIn(row.timeZone, instant) : null;
}

const QUARTER_MS = 15 * 60_000;

/** No calendar is further ahead of UTC (Kiribati) or behind it (the international date line), in milliseconds. */
const MOST_AHEAD_MS = 14 * 3_600_000;
const MOST_BEHIND_MS = 12 * 3_600_000;

/** The instant at which a calendar day begins at a marketplace; null for one that is not in the table. */
export function dayBegins(marketplaceId: string, day: string): Date | null {
  const row = byId.get(marketplaceId);
  if (!row) return null;
  const inUtc = Date.parse(day);
  // Days begin at a quarter of an hour everywhere; that it is looked for holds where a clock change moves it.
  for (let at = inUtc - MOST_AHEAD_MS; at <= inUtc + MOST_BEHIND_MS; at += QUARTER_MS) {
    if (dayIn(row.timeZone, new Date(at)) >= day) return new Date(at);
  }
  return null;
}

/** The currency that a marketplace sells in; null for one that is not in the table. */
export function currencyAtMarketplace(marketplaceId: string): string | null {
  return byId.get(marketplaceId)?.currency ?? null;
}
