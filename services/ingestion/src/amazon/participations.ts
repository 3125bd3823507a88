import { marketplaceSchema, type Marketplace } from '@recoup/contracts';
import { z } from 'zod';
import type { Caller } from './rate-limiter.js';
import type { SpApiClient } from './sp-api-client.js';

export const participationsSchema = z.object({
  payload: z.array(
    z.object({
      marketplace: z.object({
        id: z.string(),
        name: z.string(),
        countryCode: z.string(),
        defaultCurrencyCode: z.string(),
      }),
      participation: z.object({ isParticipating: z.boolean() }),
    }),
  ),
});

/** The marketplaces a seller really sells in. The others are listed by Amazon too, and refuse every call. */
export async function listMarketplaces(
  client: SpApiClient,
  caller: Caller,
): Promise<readonly Marketplace[]> {
  const call = { operation: 'getMarketplaceParticipations' } as const;
  return marketplacesIn(await client.call(caller, call, participationsSchema));
}

/** Those of an answer that the seller takes part in. */
export function marketplacesIn({
  payload,
}: z.infer<typeof participationsSchema>): readonly Marketplace[] {
  return payload
    .filter((entry) => entry.participation.isParticipating)
    .map(({ marketplace }) =>
      marketplaceSchema.parse({
        id: marketplace.id,
        country: marketplace.countryCode,
        currency: marketplace.defaultCurrencyCode,
        name: marketplace.name,
      }),
    );
}
