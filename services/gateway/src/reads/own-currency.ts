import type { Gateway } from '../gateway.js';

/** The currency in which a seller's figures are shown: that of the marketplace connected first, US dollars before any. */
export async function ownCurrency(
  { reads }: Pick<Gateway, 'reads'>,
  tenantId: string,
): Promise<string> {
  const connection = await reads.connection(tenantId);
  return connection?.marketplaces[0]?.currency ?? 'USD';
}
