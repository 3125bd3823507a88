import { NoAnswer } from '@recoup/bus';
import { marketplaceSchema } from '@recoup/contracts';
import { z } from 'zod';
import { connectAmazon } from '../commands/connect-amazon.js';
import type { App, Gateway } from '../gateway.js';
import { Problem, problemOf } from '../http/problems.js';
import { sessionOf } from '../http/session.js';
import { lastCompleteSync } from '../reads/last-complete-sync.js';
import { errorSchema } from './error-schema.js';
import { sellingPartnerIdSchema } from './selling-partner-id.js';

/** Conflicts with what is connected already; the rest is Amazon's refusal, or its absence. */
const STATUS = {
  amazon_refused: 400,
  amazon_unavailable: 502,
  seller_already_connected: 409,
  already_connected: 409,
} as const;

const bodySchema = z.object({
  sellingPartnerId: sellingPartnerIdSchema,
  refreshToken: z.string().trim().min(1),
  marketplaceIds: z.array(z.string()).nullish(),
  region: z.enum(['na', 'eu', 'fe']).default('na'),
});

const statusSchema = z.object({
  amazon_connected: z.boolean(),
  docs_connected: z.literal(false),
  providers: z.object({}),
  lastSync: z.string().nullable(),
  amazon: z
    .object({
      sellingPartnerId: z.string(),
      marketplaces: z.array(marketplaceSchema),
      connectedAt: z.string(),
      state: z.enum(['connected', 'reauth_required', 'disconnected']),
    })
    .nullable(),
});

/** Nobody took the credential: the seller can try again, and nothing was stored. */
function unavailable(error: unknown): never {
  if (!(error instanceof NoAnswer)) throw error;
  throw new Problem(
    { status: 503, code: 'temporarily_unavailable' },
    'Amazon cannot be connected at the moment. Please try again later.',
  );
}

/** Connecting with a refresh token (self-authorised apps), and how the connection stands. */
export function amazonConnectRoutes(app: App, gateway: Gateway): void {
  app.post(
    '/api/v1/integrations/amazon/connect',
    {
      config: { creates: true },
      schema: {
        summary: 'Connect Amazon with a refresh token',
        body: bodySchema,
        response: {
          200: z.object({
            connected: z.literal(true),
            sellingPartnerId: z.string(),
            marketplaces: z.array(marketplaceSchema),
          }),
          409: errorSchema,
          502: errorSchema,
        },
      },
    },
    async (request) => {
      const { sellingPartnerId, refreshToken, marketplaceIds, region } = request.body;
      const reply = await connectAmazon(gateway, {
        tenantId: sessionOf(request).tenantId,
        sellingPartnerId,
        region,
        marketplaceIds: marketplaceIds ?? null,
        credential: { kind: 'refresh_token', refreshToken },
      }).catch(unavailable);
      if (reply.outcome === 'refused') {
        throw problemOf(reply, { status: STATUS[reply.code] });
      }
      return { connected: true as const, sellingPartnerId, marketplaces: reply.marketplaces };
    },
  );

  app.get(
    '/api/v1/integrations/status',
    {
      schema: {
        summary: 'How the Amazon connection stands',
        response: { 200: statusSchema },
      },
    },
    async (request) => {
      const { tenantId } = sessionOf(request);
      const connection = await gateway.reads.connection(tenantId);
      const lastSync = await lastCompleteSync(gateway, tenantId);
      return {
        amazon_connected: connection?.state === 'connected',
        docs_connected: false as const,
        providers: {},
        lastSync: lastSync?.completedAt ?? null,
        amazon: connection && {
          sellingPartnerId: connection.sellingPartnerId,
          marketplaces: [...connection.marketplaces],
          connectedAt: connection.connectedAt,
          state: connection.state,
        },
      };
    },
  );
}
