import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { AppError, messageOf } from '@recoup/kernel';
import { unpackDebianPackage } from './nats-from-debian.js';
import { downloadRelease } from './nats-from-release.js';

export class NoNatsServer extends AppError {
  readonly code = 'NO_NATS_SERVER';
}

export interface FindNatsOptions {
  /** Where a server that had to be fetched is kept. */
  readonly cacheFolder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Told what is being done when it takes long. */
  readonly say: (text: string) => void;
}

/**
 * The nats-server program: `NATS_SERVER_BIN`, else on PATH, else from the cache, else from Debian's package unpacked
 * into the cache (installing it would start a service on 4222), else the official release checked against its published
 * checksums. Throws NoNatsServer, naming these choices.
 */
export async function findNatsServer({
  cacheFolder,
  environment,
  say,
}: FindNatsOptions): Promise<string> {
  const named = environment['NATS_SERVER_BIN'];
  if (named) {
    if (runs(named)) return named;
    throw new NoNatsServer(`NATS_SERVER_BIN names ${named}, which does not run.`);
  }
  const found = onPath(environment['PATH'] ?? '') ?? cached(cacheFolder);
  if (found) return found;

  const failures: string[] = [];
  for (const [from, fetchServer] of [
    ["Debian's package", unpackDebianPackage],
    ['the official release', downloadRelease],
  ] as const) {
    try {
      say(`Fetching nats-server from ${from} …`);
      const binary = await fetchServer(cacheFolder);
      if (runs(binary)) return binary;
      failures.push(`${from}: it does not run here`);
    } catch (error) {
      failures.push(`${from}: ${messageOf(error)}`);
    }
  }
  throw new NoNatsServer(
    'No nats-server was found. Install one on PATH, set NATS_SERVER_BIN to its program, or set NATS_URL to a running ' +
      `server with JetStream. Tried: ${failures.join('; ')}.`,
  );
}

function onPath(path: string): string | null {
  const binaries = path.split(delimiter).map((folder) => join(folder, 'nats-server'));
  return binaries.find((binary) => isExecutable(binary) && runs(binary)) ?? null;
}

function cached(folder: string): string | null {
  if (!existsSync(folder)) return null;
  const binaries = readdirSync(folder).map((name) => join(folder, name, 'nats-server'));
  return binaries.find((binary) => isExecutable(binary) && runs(binary)) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function runs(binary: string): boolean {
  return spawnSync(binary, ['--version'], { stdio: 'ignore', timeout: 10_000 }).status === 0;
}
