import { DAILY, isSyncSchedule, NOT_A_SCHEDULE } from '@recoup/domain';
import { answerDays, portSchema, retentionSettings, sellerDefaults } from '@recoup/service-kit';
import { storageSettings } from '@recoup/storage';
import { documentKeySettings } from '@recoup/vault';
import { z } from 'zod';
import { originsSchema } from './http/origins.js';
import { rateLimitSettings } from './http/rate-limits.js';
import { trustProxySchema } from './http/trust-proxy.js';

const secret = z.string().min(32, 'needs at least 32 characters');

/** The gateway's settings, beside those that every service has. */
const declared = z.object({
  GATEWAY_PORT: portSchema.default(3001),
  GATEWAY_HOST: z.string().default('0.0.0.0'),
  /** The role that reads for requests, under row-level security. */
  DATABASE_TENANT_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  /** Signs and checks our own session tokens (HS256): at least 32 characters, so that it cannot be guessed. */
  SESSION_JWT_SECRET: secret.optional(),
  /** Further secrets, apart by commas, whose sessions are taken: the one before, or the one that comes next. */
  SESSION_JWT_SECRETS_ACCEPTED: z
    .string()
    .transform((text) => text.split(',').map((each) => each.trim()))
    .pipe(z.array(secret))
    .optional(),
  /** Where an identity provider publishes the keys of its session tokens (RS256, ES256, EdDSA). */
  SESSION_JWKS_URL: z.url({ protocol: /^https?$/ }).optional(),
  SESSION_ISSUER: z.string().optional(),
  SESSION_AUDIENCE: z.string().optional(),
  /** Where the frontend lives. Unset, the gateway serves a plain page of its own. */
  FRONTEND_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Other origins whose pages may use this API with the user's cookie. That of FRONTEND_URL always may. */
  CORS_ORIGINS: originsSchema,
  TRUST_PROXY: trustProxySchema,
  ...rateLimitSettings,
  /** Where the files of sellers are kept; unset, none are taken. */
  ...storageSettings,
  ...documentKeySettings,
  /** For so long a repeat with the same Idempotency-Key gets the first one's answer. */
  IDEMPOTENCY_KEEP_HOURS: z.coerce.number().int().min(1).max(8760).default(24),
  ...retentionSettings,
  OAUTH_SUCCESS_PATH: z.string().startsWith('/').default('/auth/success'),
  /** This gateway's callback as registered with Amazon. */
  OAUTH_REDIRECT_URI: z.url().optional(),
  AMAZON_CONSENT_URL: z.url().default('https://sellercentral.amazon.com/apps/authorize/consent'),
  SPAPI_APPLICATION_ID: z.string().optional(),
  COOKIE_SAMESITE: z.enum(['lax', 'none']).default('lax'),
  /** As ingestion has it: here only to say when a seller's next sync is due. */
  SYNC_SCHEDULE: z.string().default(DAILY).refine(isSyncSchedule, NOT_A_SCHEDULE),
  /** As evidence has them: here to show a seller what counts while it has chosen nothing. */
  ...sellerDefaults,
  /** As evidence has it: here to say until when an answer of Amazon is expected. */
  ...answerDays,
  /** Set by a local start only: one sign-in link, and the user whom it signs in. */
  LOCAL_SIGN_IN_TOKEN: z.string().min(20).optional(),
  LOCAL_USER_ID: z.string().min(1).optional(),
});

/** Settings as they can work together: without a key nobody could ever sign in. */
export const settingsSchema = declared
  .refine(({ SESSION_JWT_SECRET: secret, SESSION_JWKS_URL: jwks }) => secret ?? jwks, {
    path: ['SESSION_JWT_SECRET'],
    error: 'not set, and SESSION_JWKS_URL neither: sessions need one of them',
  })
  .refine(({ SESSION_JWT_SECRET: secret, LOCAL_SIGN_IN_TOKEN: link }) => secret ?? !link, {
    path: ['LOCAL_SIGN_IN_TOKEN'],
    error: 'needs SESSION_JWT_SECRET, which signs the session that the link begins',
  })
  .refine(({ STORAGE_URL: url, DOCUMENT_ENCRYPTION_KEY: key }) => !url === !key, {
    path: ['DOCUMENT_ENCRYPTION_KEY'],
    error: 'and STORAGE_URL are needed together',
  });
export type Settings = z.infer<typeof settingsSchema>;
