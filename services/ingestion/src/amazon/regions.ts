export type Region = 'na' | 'eu' | 'fe';

/** Amazon's production host of each region. One consent of a seller covers all marketplaces of one region. */
const ORIGINS: Readonly<Record<Region, string>> = {
  na: 'https://sellingpartnerapi-na.amazon.com',
  eu: 'https://sellingpartnerapi-eu.amazon.com',
  fe: 'https://sellingpartnerapi-fe.amazon.com',
};

/** Where a region's calls go: the configured endpoint, which serves every region, else Amazon's own host. */
export function originOf(region: Region, endpoint: string | undefined): string {
  return endpoint === undefined ? ORIGINS[region] : new URL(endpoint).origin;
}
