import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Product } from './product.js';
import type { Word } from './search-for.js';

const secretsSchema = z.object({
  sessionSecret: z.string(),
  encryptionKey: z.string(),
  documentKey: z.string(),
  clientSecret: z.string(),
  postgresPassword: z.string(),
  rolePasswords: z.record(z.string(), z.string()),
});
export type InstallationSecrets = z.infer<typeof secretsSchema>;

/** The file in which a local start keeps its own secrets: the one place where they may be. */
export const SECRETS_FILE = 'secrets.json';

/** What a local start was given to keep to itself. */
export function secretsOf({ stateDir }: Pick<Product, 'stateDir'>): InstallationSecrets {
  return secretsSchema.parse(JSON.parse(readFileSync(join(stateDir, SECRETS_FILE), 'utf8')));
}

/** All of them as words to search for, keys also as the bytes that they stand for. */
export function secretWords({ rolePasswords, ...secrets }: InstallationSecrets): Word[] {
  const keys = [secrets.encryptionKey, secrets.documentKey];
  return [
    ...Object.values(secrets),
    ...Object.values(rolePasswords),
    ...keys.map((key) => Buffer.from(key, 'base64')),
  ];
}
