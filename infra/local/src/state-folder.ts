import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { LOGIN_ROLES } from '@recoup/migrate';
import { z } from 'zod';
import { forgetPostgres } from './postgres-home.js';

/** The checkout. */
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** Secrets of a local start, made once and kept: sessions and sealed tokens outlive a restart. */
const secretsSchema = z.object({
  sessionSecret: z.string(),
  encryptionKey: z.string(),
  /** Wraps the keys of documents. A folder of an older version has none yet. */
  documentKey: z.string().default(() => randomBytes(32).toString('base64')),
  postgresPassword: z.string(),
  rolePasswords: z.record(z.string(), z.string()),
  userId: z.string(),
  clientId: z.string(),
  clientSecret: z.string(),
});
export type Secrets = z.infer<typeof secretsSchema>;

/** Everything a local start keeps. */
export interface StateFolder {
  readonly path: string;
  readonly logs: string;
  readonly postgres: string;
  readonly nats: string;
  readonly sandbox: string;
  readonly documents: string;
  readonly cache: string;
  readonly runFile: string;
}

export function stateFolder(
  root: string,
  environment: Readonly<Record<string, string | undefined>>,
): StateFolder {
  const path = resolve(environment['RECOUP_STATE_DIR'] || join(root, '.recoup'));
  mkdirSync(path, { recursive: true });
  return {
    path,
    logs: join(path, 'logs'),
    postgres: join(path, 'postgres'),
    nats: join(path, 'nats'),
    sandbox: join(path, 'sandbox'),
    documents: join(path, 'documents'),
    cache: join(path, 'cache'),
    runFile: join(path, 'run.json'),
  };
}

/** Forgets data, secrets and logs; the cache of programs stays. */
export function forget(state: StateFolder): void {
  forgetPostgres(state.postgres);
  for (const path of [state.nats, state.sandbox, state.documents, state.logs, secretsFile(state)]) {
    rmSync(path, { recursive: true, force: true });
  }
}

/** The secrets of this state folder, made on first use. */
export function loadSecrets(state: StateFolder): Secrets {
  const file = secretsFile(state);
  if (existsSync(file)) return completed(JSON.parse(readFileSync(file, 'utf8')), file);
  const secrets: Secrets = {
    sessionSecret: secret(48),
    encryptionKey: randomBytes(32).toString('base64'),
    documentKey: randomBytes(32).toString('base64'),
    postgresPassword: secret(24),
    rolePasswords: Object.fromEntries(LOGIN_ROLES.map((role) => [role, secret(24)])),
    userId: `local-${randomBytes(6).toString('hex')}`,
    clientId: `amzn1.application-oa2-client.${randomBytes(16).toString('hex')}`,
    clientSecret: secret(32),
  };
  save(secrets, file);
  return secrets;
}

/** A newer version may have secrets and sign in with roles that an older one did not have. */
function completed(stored: unknown, file: string): Secrets {
  const secrets = secretsSchema.parse(stored);
  const missing = LOGIN_ROLES.filter((role) => secrets.rolePasswords[role] === undefined);
  const added = Object.fromEntries(missing.map((role) => [role, secret(24)]));
  const complete = { ...secrets, rolePasswords: { ...secrets.rolePasswords, ...added } };
  if (!isDeepStrictEqual(complete, stored)) save(complete, file);
  return complete;
}

function save(secrets: Secrets, file: string): void {
  writeFileSync(`${file}.new`, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

function secret(bytes: number): string {
  return randomBytes(bytes).toString('base64url');
}

function secretsFile(state: StateFolder): string {
  return join(state.path, 'secrets.json');
}
