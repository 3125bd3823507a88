import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Deps } from '../deps.js';
import { applyFault } from '../wire/apply-fault.js';

const client = { client_id: z.string(), client_secret: z.string() };
const requestSchema = z.discriminatedUnion('grant_type', [
  z.object({ ...client, grant_type: z.literal('refresh_token'), refresh_token: z.string() }),
  z.object({
    ...client,
    grant_type: z.literal('authorization_code'),
    code: z.string(),
    redirect_uri: z.string(),
  }),
  z.object({ ...client, grant_type: z.literal('client_credentials'), scope: z.string() }),
]);
type TokenRequest = z.infer<typeof requestSchema>;

const SCOPES = new Set([
  'sellingpartnerapi::notifications',
  'sellingpartnerapi::client_credential:rotation',
]);

interface OAuthError {
  readonly error: string;
  readonly error_description: string;
}
type Granted = { seller: string | null; at: number; refreshToken?: string };

/** Login with Amazon: `POST /auth/o2/token`, form-encoded or JSON. Its errors are OAuth's, not the Selling Partner API's. */
export function tokenEndpoint(app: FastifyInstance, deps: Deps): void {
  app.setErrorHandler((_, __, reply) =>
    reply.status(400).send(problem('invalid_request', 'The request could not be parsed')),
  );
  app.post('/auth/o2/token', async (request, reply) => {
    deps.calls.count('token', '');
    const done = applyFault(deps, { request, reply, operation: 'token', sellerId: '' });
    if (done) return done;
    const asked = readRequest(request.body);
    if ('error' in asked) return reply.status(400).send(asked);
    const { LWA_CLIENT_ID, LWA_CLIENT_SECRET, SANDBOX_TOKEN_SECONDS } = deps.config;
    if (asked.client_id !== LWA_CLIENT_ID || asked.client_secret !== LWA_CLIENT_SECRET) {
      return reply.status(401).send(problem('invalid_client', 'Client authentication failed'));
    }
    const granted = await grant(deps, asked);
    if ('error' in granted) return reply.status(400).send(granted);
    const { seller, at, refreshToken } = granted;
    return reply.header('cache-control', 'no-store').send({
      access_token: deps.grants.accessToken({ seller, at, client: LWA_CLIENT_ID }),
      token_type: 'bearer',
      expires_in: SANDBOX_TOKEN_SECONDS,
      ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
    });
  });
}

function readRequest(body: unknown): TokenRequest | OAuthError {
  const read = requestSchema.safeParse(body);
  if (read.success) return read.data;
  const { data } = z.object({ grant_type: z.string() }).safeParse(body);
  const known = requestSchema.options.some(
    (option) => option.shape.grant_type.value === data?.grant_type,
  );
  if (data && !known) {
    return problem('unsupported_grant_type', 'The authorization grant type is not supported');
  }
  const missing = read.error.issues.map(({ path }) => path.join('.')).join(', ');
  return problem('invalid_request', `The request is missing a required parameter : ${missing}`);
}

async function grant(deps: Deps, asked: TokenRequest): Promise<Granted | OAuthError> {
  const { grants, config, clock } = deps;
  switch (asked.grant_type) {
    case 'client_credentials':
      if (!SCOPES.has(asked.scope))
        return problem('invalid_scope', 'The requested scope is invalid');
      return { seller: null, at: clock.now().getTime() };
    case 'refresh_token': {
      const opened = grants.openRefreshToken(asked.refresh_token, config.LWA_CLIENT_ID);
      if (!opened) return invalidGrant('refresh_token');
      return { ...opened, refreshToken: asked.refresh_token };
    }
    case 'authorization_code': {
      const seller = await grants.redeem(asked.code, asked.redirect_uri);
      if (seller === undefined) return invalidGrant('code');
      const refreshToken = grants.refreshToken(seller, config.LWA_CLIENT_ID);
      const opened = grants.openRefreshToken(refreshToken, config.LWA_CLIENT_ID);
      return opened ? { ...opened, refreshToken } : invalidGrant('code');
    }
  }
}

function invalidGrant(parameter: string): OAuthError {
  return problem('invalid_grant', `The request has an invalid grant parameter : ${parameter}`);
}

function problem(error: string, description: string): OAuthError {
  return { error, error_description: description };
}
