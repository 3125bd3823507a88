import { startTestServers } from './test-servers.js';

let servers: AsyncDisposable | undefined;

/** Called by vitest before the first test file. */
export async function setup(): Promise<void> {
  servers = await startTestServers();
}

/** Called by vitest after the last test file. */
export async function teardown(): Promise<void> {
  await servers?.[Symbol.asyncDispose]();
}
