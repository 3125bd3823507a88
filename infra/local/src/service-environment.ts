import { pathToFileURL } from 'node:url';
import { roleUrl } from '@recoup/migrate';
import type { Secrets } from './state-folder.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Where everything of a local start is to be found. */
export interface Places {
  readonly databaseUrl: string;
  readonly natsUrl: string;
  readonly gatewayPort: number;
  /** Null when another server stands in for Amazon. */
  readonly sandboxOrigin: string | null;
  readonly sandboxPort: number;
  readonly opsPorts: Readonly<Record<ServiceName, number>>;
  readonly signInToken: string;
  /** The folder in which the files of sellers are kept. */
  readonly documents: string;
}

export const SERVICE_NAMES = ['gateway', 'ingestion', 'detection', 'evidence'] as const;
export type ServiceName = (typeof SERVICE_NAMES)[number];

/** Of the services that keep and read the files of sellers. */
const DOCUMENT_SETTINGS = [
  'STORAGE_URL',
  'DOCUMENT_ENCRYPTION_KEY',
  'DOCUMENT_ENCRYPTION_KEYS_ACCEPTED',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
];

/** What counts for sellers who have not chosen: the gateway shows it, evidence acts on it. */
const SELLER_DEFAULTS = [
  'AUTO_FILE_DEFAULT',
  'CLAIM_APPROVAL_LIMIT',
  'FILING_PER_DAY',
  'FILING_SPACING_SECONDS',
];

/** Settings that go through to a service as they are when the user has set them. */
const PASSED: Readonly<Record<ServiceName, readonly string[]>> = {
  gateway: [
    'GATEWAY_HOST',
    'FRONTEND_URL',
    'CORS_ORIGINS',
    'SESSION_JWT_SECRET',
    'SESSION_JWT_SECRETS_ACCEPTED',
    'SESSION_JWKS_URL',
    'SESSION_ISSUER',
    'SESSION_AUDIENCE',
    'AMAZON_CONSENT_URL',
    'SPAPI_APPLICATION_ID',
    'OAUTH_SUCCESS_PATH',
    'OAUTH_REDIRECT_URI',
    'COOKIE_SAMESITE',
    'TRUST_PROXY',
    'RATE_LIMIT_USER',
    'RATE_LIMIT_ADDRESS',
    'RATE_LIMIT_PUBLIC',
    'SYNC_SCHEDULE',
    'CLAIM_ANSWER_DAYS',
    ...DOCUMENT_SETTINGS,
    ...SELLER_DEFAULTS,
  ],
  ingestion: [
    'ENCRYPTION_KEY',
    'ENCRYPTION_KEYS_ACCEPTED',
    'SPAPI_ENDPOINT',
    'LWA_ENDPOINT',
    'LWA_CLIENT_ID',
    'LWA_CLIENT_SECRET',
    'SPAPI_RATE_SCALE',
    'SYNC_SCHEDULE',
    'SYNC_ROUTE',
    'SYNC_BUYER_INFO',
    'SYNC_WORKERS',
    'SYNC_LEASE_SECONDS',
    'SYNC_TURN_SECONDS',
  ],
  detection: ['DETECTION_WORKERS', 'DETECTION_LEASE_SECONDS'],
  evidence: [
    'CLAIM_SUBMISSION',
    'CASE_DESK_URL',
    'CLAIM_ANSWER_DAYS',
    'FILING_LEASE_SECONDS',
    'WEBHOOK_URL',
    'WEBHOOK_SECRET',
    'MALWARE_SCAN_URL',
    'WEBHOOK_LOCAL',
    ...DOCUMENT_SETTINGS,
    ...SELLER_DEFAULTS,
  ],
};

/** What every program needs of the system, and what all services share. */
const ALWAYS = [
  'PATH',
  'HOME',
  'LANG',
  'NODE_OPTIONS',
  'NODE_EXTRA_CA_CERTS',
  'LOG_LEVEL',
  'NATS_REPLICAS',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'OTEL_EXPORTER_OTLP_HEADERS',
  'OTEL_TRACES_SAMPLER',
  'OTEL_TRACES_SAMPLER_ARG',
  'OTEL_BSP_SCHEDULE_DELAY',
];

/** The environment of a service: defaults of a local start, then what the user has set. A service gets only its own. */
export function serviceEnvironment(
  name: ServiceName,
  { places, secrets, environment }: { places: Places; secrets: Secrets; environment: Environment },
): Record<string, string> {
  const role = (suffix: string): string => {
    const login = `recoup_${name}_${suffix}`;
    return roleUrl(places.databaseUrl, login, secrets.rolePasswords[login] ?? '');
  };
  const own = name === 'gateway' ? { DATABASE_TENANT_URL: role('tenant') } : {};
  const { sandboxOrigin } = places;
  // A simulated Amazon that runs elsewhere has its clock there.
  const clock = environment['CLOCK_URL'] || (sandboxOrigin && `${sandboxOrigin}/sandbox/clock`);
  return {
    ...pick(environment, ALWAYS),
    TZ: 'UTC',
    NODE_ENV: 'production',
    DATABASE_URL: role('follow'),
    NATS_URL: places.natsUrl,
    OPS_PORT: String(places.opsPorts[name]),
    // A clock that somebody moves at the simulated Amazon moves for everybody.
    ...(clock && { CLOCK_URL: `${clock}?by=${name}` }),
    ...own,
    ...defaults(name, places, secrets),
    ...pick(environment, PASSED[name]),
  };
}

/** At the simulated desk nobody's account is at stake: claims go out by themselves, as fast as they are found. */
const TRIAL = { AUTO_FILE_DEFAULT: 'on', FILING_PER_DAY: '10000', FILING_SPACING_SECONDS: '0' };

/** A desk that somebody tries a webhook with is on this machine. */
const LOCAL_DESK = { CLAIM_SUBMISSION: 'sandbox', WEBHOOK_LOCAL: 'on' };

function defaults(name: ServiceName, places: Places, secrets: Secrets): Record<string, string> {
  const { sandboxOrigin, gatewayPort } = places;
  const documents = {
    STORAGE_URL: pathToFileURL(places.documents).href,
    DOCUMENT_ENCRYPTION_KEY: secrets.documentKey,
  };
  switch (name) {
    case 'gateway':
      return {
        ...documents,
        GATEWAY_HOST: '127.0.0.1',
        GATEWAY_PORT: String(gatewayPort),
        SESSION_JWT_SECRET: secrets.sessionSecret,
        LOCAL_SIGN_IN_TOKEN: places.signInToken,
        LOCAL_USER_ID: secrets.userId,
        SPAPI_APPLICATION_ID: 'amzn1.sp.solution.local',
        OAUTH_REDIRECT_URI: `http://localhost:${gatewayPort}/api/v1/integrations/amazon/auth/callback`,
        ...(sandboxOrigin && { AMAZON_CONSENT_URL: `${sandboxOrigin}/apps/authorize/consent` }),
        ...(sandboxOrigin && TRIAL),
      };
    case 'ingestion':
      return {
        ENCRYPTION_KEY: secrets.encryptionKey,
        LWA_CLIENT_ID: secrets.clientId,
        LWA_CLIENT_SECRET: secrets.clientSecret,
        ...(sandboxOrigin && {
          SPAPI_ENDPOINT: sandboxOrigin,
          LWA_ENDPOINT: `${sandboxOrigin}/auth/o2/token`,
          SPAPI_RATE_SCALE: String(SANDBOX_RATE_SCALE),
        }),
      };
    case 'detection':
      return {};
    case 'evidence':
      return {
        ...documents,
        ...LOCAL_DESK,
        ...(sandboxOrigin
          ? { ...TRIAL, CASE_DESK_URL: `${sandboxOrigin}/case-desk` }
          : { CLAIM_SUBMISSION: 'queue' }),
      };
  }
}

/** The sandbox lets calls through this many times as fast as Amazon: a first sync takes seconds and not half an hour. */
export const SANDBOX_RATE_SCALE = 60;

/** The environment of the simulated Amazon. */
export function sandboxEnvironment({
  places,
  secrets,
  environment,
  stateDir,
}: {
  places: Places;
  secrets: Secrets;
  environment: Environment;
  stateDir: string;
}): Record<string, string> {
  return {
    ...pick(environment, ALWAYS),
    TZ: 'UTC',
    SANDBOX_PORT: String(places.sandboxPort),
    SANDBOX_STATE_DIR: stateDir,
    SPAPI_RATE_SCALE: String(SANDBOX_RATE_SCALE),
    LWA_CLIENT_ID: secrets.clientId,
    LWA_CLIENT_SECRET: secrets.clientSecret,
    ...pick(environment, [
      'SANDBOX_SEED',
      'SANDBOX_ORDERS',
      'SANDBOX_DAYS_AHEAD',
      'SANDBOX_QUIET_DAYS',
      'SANDBOX_DESK',
      'SANDBOX_DIRT',
      'SANDBOX_TOKEN_SECONDS',
      'SPAPI_RATE_SCALE',
      'LWA_CLIENT_ID',
      'LWA_CLIENT_SECRET',
    ]),
  };
}

function pick(environment: Environment, names: readonly string[]): Record<string, string> {
  const picked: Record<string, string> = {};
  for (const name of names) {
    const value = environment[name];
    if (value) picked[name] = value;
  }
  return picked;
}
