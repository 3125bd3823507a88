import { messageOf } from '@recoup/kernel';
import { containerServers, engineAnswers } from './containers.js';
import { natsServer } from './nats-server.js';
import { postgresServer } from './postgres-server.js';

/** A Postgres and a nats-server with nothing in them yet. */
export interface BareServers extends AsyncDisposable {
  readonly adminUrl: string;
  readonly natsUrl: string;
}

/**
 * Containers where an engine answers, unless the setting is `embedded`; else the same embedded servers that a local
 * start uses. An engine that answers and then cannot run them (no way to the registry) is said and does not end the run.
 */
export async function startBareServers(setting: string | undefined): Promise<BareServers> {
  if (setting !== 'embedded' && (await engineAnswers())) {
    try {
      return await containerServers();
    } catch (error) {
      process.stderr.write(`Containers cannot be used (${messageOf(error)}): embedded servers.\n`);
    }
  }
  return embeddedServers();
}

async function embeddedServers(): Promise<BareServers> {
  const postgres = await postgresServer();
  try {
    const nats = await natsServer();
    return {
      adminUrl: postgres.adminUrl,
      natsUrl: nats.url,
      async [Symbol.asyncDispose]() {
        await nats[Symbol.asyncDispose]();
        await postgres[Symbol.asyncDispose]();
      },
    };
  } catch (error) {
    await postgres[Symbol.asyncDispose]();
    throw error;
  }
}
