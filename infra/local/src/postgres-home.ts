import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '@recoup/kernel';
import { copyBinaries, isComplete, postgresPackage } from './postgres-binaries.js';

/** The place for Postgres belongs to somebody else. */
export class PlaceNotOurs extends AppError {
  readonly code = 'PLACE_NOT_OURS';
}

/** Where Postgres lives and as whom it runs. */
export interface PostgresHome {
  /** Holds `bin/postgres` and `bin/initdb`. */
  readonly binaries: string;
  readonly data: string;
  /** Postgres refuses to run as root: then it is another user. Null: as whoever we are. */
  readonly user: { readonly uid: number; readonly gid: number } | null;
}

/** Users that a system may have for it, the best first; the last exists everywhere. */
const CANDIDATES = ['postgres', 'nobody'];

/**
 * Chooses the home of a data folder. Normally that is the folder itself and the binaries where npm put them. As root,
 * Postgres runs as another user, who often cannot reach a checkout (a clone under /root): then both go to a folder that
 * it can reach, named after the data folder, so that the next start finds the same data.
 */
export function postgresHome(dataFolder: string): PostgresHome {
  const installed = postgresPackage();
  const user = process.getuid?.() === 0 ? unprivilegedUser() : null;
  if (!user) {
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
    if (isComplete(installed))
      return { binaries: join(installed, 'native'), data: dataFolder, user };
    const copy = `${dataFolder}-binaries`;
    copyBinaries(installed, copy);
    return { binaries: join(copy, 'native'), data: dataFolder, user };
  }
  const home = makeHome(dataFolder);
  const data = join(home, 'data');
  if (isComplete(installed) && canRun(join(installed, 'native', 'bin', 'postgres'), user)) {
    return { binaries: join(installed, 'native'), data, user };
  }
  const copy = join(home, 'binaries');
  copyBinaries(installed, copy);
  return { binaries: join(copy, 'native'), data, user };
}

/** Forgets the data, wherever it is. */
export function forgetPostgres(dataFolder: string): void {
  rmSync(dataFolder, { recursive: true, force: true });
  if (process.getuid?.() === 0) {
    rmSync(reachableHome(dataFolder), { recursive: true, force: true });
  }
}

/**
 * Anyone may create a name in /var/tmp before us, such as a link to a folder of the system: what follows would hand it
 * to another user. So what is there must be a folder of ours that nobody else can write to. Throws PlaceNotOurs.
 */
function makeHome(dataFolder: string): string {
  const home = reachableHome(dataFolder);
  mkdirSync(home, { recursive: true, mode: 0o755 });
  const found = lstatSync(home);
  if (!found.isDirectory() || found.uid !== 0 || (found.mode & 0o022) !== 0) {
    throw new PlaceNotOurs(
      `${home} is not ours; remove it or set RECOUP_STATE_DIR to another folder.`,
    );
  }
  chmodSync(home, 0o755); // a narrow umask would keep the other user out
  return home;
}

/** /var/tmp outlives a restart of the machine, /tmp may not. */
function reachableHome(dataFolder: string): string {
  const name = createHash('sha256').update(dataFolder).digest('hex').slice(0, 12);
  return `/var/tmp/recoup-${name}`;
}

function unprivilegedUser(): { uid: number; gid: number } {
  for (const name of CANDIDATES) {
    try {
      const id = (flag: string): number =>
        Number(
          execFileSync('id', [flag, name], {
            encoding: 'utf8',
            stdio: ['ignore', 'pipe', 'ignore'],
          }),
        );
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      // no such user here
    }
  }
  return { uid: 65534, gid: 65534 };
}

function canRun(binary: string, user: { uid: number; gid: number }): boolean {
  return spawnSync(binary, ['--version'], { ...user, cwd: '/', stdio: 'ignore' }).status === 0;
}
