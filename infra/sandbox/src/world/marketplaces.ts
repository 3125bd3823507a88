/** A store of Amazon's, as getMarketplaceParticipations describes it. */
export interface Marketplace {
  readonly id: string;
  readonly name: string;
  readonly countryCode: string;
  readonly currency: string;
  readonly language: string;
  readonly domain: string;
}

export const US: Marketplace = {
  id: 'ATVPDKIKX0DER',
  name: 'Amazon.com',
  countryCode: 'US',
  currency: 'USD',
  language: 'en_US',
  domain: 'www.amazon.com',
};

export const CANADA: Marketplace = {
  id: 'A2EUQ1WTGCTBG2',
  name: 'Amazon.ca',
  countryCode: 'CA',
  currency: 'CAD',
  language: 'en_CA',
  domain: 'www.amazon.ca',
};

/** Every marketplace id Amazon publishes: one outside this list is a typing error, not a missing permission. */
export const KNOWN_MARKETPLACE_IDS: ReadonlySet<string> = new Set([
  ...[US.id, CANADA.id, 'A1AM78C64UM0Y8', 'A2Q3Y263D00KWC'],
  ...['A1F83G8C2ARO7P', 'A1PA6795UKMFR9', 'A13V1IB3VIYZZH', 'APJ6JRA9NG5V4', 'A1RKKUPIHCS9HS'],
  ...['A1805IZSGTT6HS', 'AMEN7PMS3EDWL', 'A2NODRKZP88ZB9', 'A1C3SOZRARQ6R3', 'A28R8C7NBKEWEA'],
  ...['A33AVAJ2PDY3EV', 'A2VIGQ35RCS4UG', 'A17E79C6D8DWNP', 'ARBP9OOSHTCHU', 'A21TJRUUN4KGV'],
  ...['AE08WJ6YKNBMC', 'A1VC38T7YXB528', 'A39IBJ37TRP1C6', 'A19VAU5U5O7RUS'],
]);
