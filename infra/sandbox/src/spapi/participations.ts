import { z } from 'zod';
import { ok, type Operation } from '../wire/operation.js';
import { parse } from '../wire/query.js';

/** Where the seller sells. A seller always has an entry for a marketplace it only browses, too. */
export const getMarketplaceParticipations: Operation = {
  name: 'getMarketplaceParticipations',
  method: 'GET',
  path: '/sellers/v1/marketplaceParticipations',
  handle: ({ world, query }) => {
    parse(z.strictObject({}), query);
    const { marketplaces, storeName } = world.seller;
    const payload = marketplaces.map((marketplace) => ({
      marketplace: {
        id: marketplace.id,
        name: marketplace.name,
        countryCode: marketplace.countryCode,
        defaultCurrencyCode: marketplace.currency,
        defaultLanguageCode: marketplace.language,
        domainName: marketplace.domain,
      },
      storeName,
      participation: { isParticipating: true, hasSuspendedListings: false },
    }));
    return ok({ payload: [...payload, notParticipating(storeName)] });
  },
};

function notParticipating(storeName: string) {
  return {
    marketplace: {
      id: 'A1AM78C64UM0Y8',
      name: 'Amazon.com.mx',
      countryCode: 'MX',
      defaultCurrencyCode: 'MXN',
      defaultLanguageCode: 'es_MX',
      domainName: 'www.amazon.com.mx',
    },
    storeName,
    participation: { isParticipating: false, hasSuspendedListings: false },
  };
}
