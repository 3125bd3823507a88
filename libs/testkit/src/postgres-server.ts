import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  forgetPostgres,
  freePort,
  postgresReady,
  preparePostgres,
  type PostgresTls,
} from '@recoup/local';
import { startServerProcess, type ServerProcess } from './server-process.js';

/** A Postgres of a test's own. */
export interface PostgresServer extends ServerProcess {
  /** The superuser's URL of the database `postgres`. */
  readonly adminUrl: string;
  /** What the server says. */
  readonly logFile: string;
}

export interface PostgresServerOptions {
  /**
   * With fsync, as in production. Off by default: it only matters when the whole machine crashes, which no test can
   * make happen, and doubles the time of every commit.
   */
  readonly durable?: boolean;
  /** With it the server is reached by TLS only, and its URL says so. */
  readonly tls?: PostgresTls;
}

/** Starts a Postgres on a free port with data in a temporary folder; disposing it removes the data. */
export async function postgresServer({
  durable = false,
  tls,
}: PostgresServerOptions = {}): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'recoup-postgres-'));
  const dataFolder = join(folder, 'data');
  const remove = (): void => {
    forgetPostgres(dataFolder);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const { child, url } = preparePostgres({
      dataFolder,
      port: await freePort(),
      password: randomBytes(18).toString('base64url'),
      durable,
      ...(tls && { tls }),
    });
    const server = await startServerProcess({
      child,
      logFolder: folder,
      ready: (signal) => postgresReady(url, signal),
    });
    return {
      ...server,
      adminUrl: url,
      logFile: join(folder, `${child.name}.log`),
      async [Symbol.asyncDispose]() {
        await server[Symbol.asyncDispose]();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}
