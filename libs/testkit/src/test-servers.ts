import { randomBytes } from 'node:crypto';
import { AppError } from '@recoup/kernel';
import { ensureDatabase } from '@recoup/local';
import { LOGIN_ROLES, migrate } from '@recoup/migrate';
import { z } from 'zod';
import { startBareServers } from './bare-servers.js';

/** Test processes find the servers of the run here. */
const VARIABLE = 'RECOUP_TEST_SERVERS';

const TEMPLATE = 'recoup_template';

const serversSchema = z.object({
  adminUrl: z.string(),
  natsUrl: z.string(),
  /** A migrated database to which nobody connects; every suite gets a copy. */
  template: z.string(),
  /** Roles belong to the whole server, so their passwords are those of the run. */
  passwords: z.record(z.string(), z.string()),
});
export type TestServers = z.infer<typeof serversSchema>;

export class NoTestServers extends AppError {
  readonly code = 'NO_TEST_SERVERS';
}

/** Starts the servers of a run, migrates the template, and tells this process and its children where they are. */
export async function startTestServers(): Promise<AsyncDisposable> {
  const bare = await startBareServers(process.env['TEST_INFRA']);
  try {
    const passwords = Object.fromEntries(
      LOGIN_ROLES.map((role) => [role, randomBytes(12).toString('base64url')]),
    );
    await migrate({ adminUrl: await ensureDatabase(bare.adminUrl, TEMPLATE), passwords });
    const { adminUrl, natsUrl } = bare;
    const servers: TestServers = { adminUrl, natsUrl, template: TEMPLATE, passwords };
    process.env[VARIABLE] = JSON.stringify(servers);
  } catch (error) {
    await bare[Symbol.asyncDispose]();
    throw error;
  }
  return {
    async [Symbol.asyncDispose]() {
      delete process.env['RECOUP_TEST_SERVERS'];
      await bare[Symbol.asyncDispose]();
    },
  };
}

/** The servers of this run. Throws NoTestServers outside of one. */
export function testServers(): TestServers {
  const text = process.env[VARIABLE];
  if (!text) {
    throw new NoTestServers(
      'No test servers: the global setup of vitest.config.ts starts them; elsewhere call startTestServers first.',
    );
  }
  return serversSchema.parse(JSON.parse(text));
}
