import { z } from 'zod';
import { marketplaceSchema } from './sync-events.js';

/** Subject of the one request that is not an event: the gateway hands an Amazon credential to ingestion. */
export const CONNECT_SUBJECT = 'rpc.ingestion.connect';

const credential = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('authorization_code'),
    code: z.string().min(1),
    redirectUri: z.url(),
  }),
  z.object({ kind: z.literal('refresh_token'), refreshToken: z.string().min(1) }),
]);

/**
 * A seller's consent. `tenantId` is null when nobody is signed in: ingestion then answers with the tenant that holds
 * this seller, or makes a new one. Never logged and never traced: it carries a secret.
 */
export const connectRequestSchema = z.object({
  tenantId: z.string().min(1).nullable(),
  sellingPartnerId: z.string().min(1),
  region: z.enum(['na', 'eu', 'fe']),
  marketplaceIds: z.array(z.string()).nullable(),
  credential,
});
export type ConnectRequest = z.infer<typeof connectRequestSchema>;

export const connectReplySchema = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.literal('connected'),
    tenantId: z.string(),
    marketplaces: z.array(marketplaceSchema),
    /** Where the log stands once the connection and its first sync are recorded. */
    position: z.int().nonnegative(),
  }),
  z.object({
    outcome: z.literal('refused'),
    code: z.enum([
      'amazon_refused',
      'seller_already_connected',
      'already_connected',
      'amazon_unavailable',
    ]),
    message: z.string(),
  }),
]);
export type ConnectReply = z.infer<typeof connectReplySchema>;
