import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newBusUser } from '@recoup/bus';
import { AppError } from '@recoup/kernel';
import { LOGIN_ROLES, passwordVariable } from '@recoup/migrate';
import { makeAuthority } from './certificates.js';
import { publicKeyVariable, seedVariable } from './nats-users-file.js';
import { NATS_USERS } from './service-names.js';

/** What an installation has is there already: nothing of it is made anew over it. */
export class InstallationExists extends AppError {
  readonly code = 'INSTALLATION_EXISTS';
}

export interface NewInstallation {
  /** The folder of docker-compose.yml. */
  readonly root: string;
  /** With a simulated Amazon, whose credentials are made as well. */
  readonly sandbox: boolean;
}

/** Names under which Postgres and NATS are reached, in compose and in a cluster. */
const HOSTS = ['postgres', 'nats', 'localhost', '127.0.0.1'];

/**
 * Makes what docker-compose.yml asks for: `.env` with passwords, keys and seeds drawn at random, and `infra/secrets` with
 * certificates of an authority that is forgotten at once: it could sign for anybody. Answers the paths. Throws
 * InstallationExists when either is there, since losing a key loses what it sealed.
 */
export function newInstallation({ root, sandbox }: NewInstallation): {
  settings: string;
  certificates: string;
} {
  const [settings, certificates] = [join(root, '.env'), join(root, 'infra/secrets')];
  for (const path of [settings, certificates]) {
    if (existsSync(path)) throw new InstallationExists(`${path} is there already; it is kept`);
  }
  newCertificates(certificates);
  writeFileSync(settings, settingsText(sandbox), { mode: 0o600, flag: 'wx' });
  return { settings, certificates };
}

/** Makes the certificates of an installation, anew when there are some: they last a year. Servers read them when they start. */
export function newCertificates(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const authority = makeAuthority(folder);
  for (const server of ['postgres', 'nats']) authority.issue(server, HOSTS);
  for (const file of ['ca.key', 'ca.srl']) rmSync(join(folder, file), { force: true });
}

function settingsText(sandbox: boolean): string {
  const lines = Object.entries({ ...secrets(), ...(sandbox ? SIMULATED() : REAL) });
  const head =
    '# Secrets of this installation, made once. Keep a copy in a safe place: losing a key loses what it sealed.';
  return [head, ...lines.map(([name, value]) => `${name}=${value}`), ''].join('\n');
}

function secrets(): Record<string, string> {
  const made: Record<string, string> = { POSTGRES_PASSWORD: word() };
  for (const role of LOGIN_ROLES) made[passwordVariable(role)] = word();
  for (const user of NATS_USERS) {
    const { seed, publicKey } = newBusUser();
    made[publicKeyVariable(user)] = publicKey;
    made[seedVariable(user)] = seed;
  }
  const key = (): string => randomBytes(32).toString('base64');
  return {
    ...made,
    SESSION_JWT_SECRET: randomBytes(48).toString('base64url'),
    ENCRYPTION_KEY: key(),
    DOCUMENT_ENCRYPTION_KEY: key(),
  };
}

/** Fits into a URL as it is. */
function word(): string {
  return randomBytes(24).toString('hex');
}

/** Amazon's, to be filled in. */
const REAL = {
  LWA_CLIENT_ID: '',
  LWA_CLIENT_SECRET: '',
  SPAPI_APPLICATION_ID: '',
  OAUTH_REDIRECT_URI: '',
  FRONTEND_URL: '',
};

/** As `npm start` has it: Amazon's rates, 60 times as fast. */
const SIMULATED = (): Record<string, string> => ({
  COMPOSE_PROFILES: 'sandbox',
  LWA_CLIENT_ID: 'amzn1.application-oa2-client.simulated',
  LWA_CLIENT_SECRET: word(),
  LWA_ENDPOINT: 'http://sandbox:9000/auth/o2/token',
  SPAPI_ENDPOINT: 'http://sandbox:9000',
  SPAPI_RATE_SCALE: '60',
  SPAPI_APPLICATION_ID: 'amzn1.sp.solution.simulated',
  OAUTH_REDIRECT_URI: 'http://localhost:3001/api/v1/integrations/amazon/auth/callback',
  AMAZON_CONSENT_URL: 'http://localhost:9000/apps/authorize/consent',
  CLAIM_SUBMISSION: 'sandbox',
  CASE_DESK_URL: 'http://sandbox:9000/case-desk',
});
