import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { AppError } from '@recoup/kernel';
import type { PostgresHome } from './postgres-home.js';

export class InitialiseFailed extends AppError {
  readonly code = 'INITIALISE_FAILED';
}

export interface InitialiseOptions {
  /** Password of the superuser `postgres`. */
  readonly password: string;
  /** Whether what is made must survive a crash of the machine. */
  readonly durable: boolean;
}

/**
 * Makes the data of a server that has none. It is made beside its place and moved there when complete: an `initdb` that
 * was interrupted would otherwise leave data that looks made and never starts. Throws InitialiseFailed.
 */
export function initialisePostgres(home: PostgresHome, options: InitialiseOptions): void {
  if (existsSync(join(home.data, 'PG_VERSION'))) return;
  const making = `${home.data}.making`;
  const passwordFile = join(
    dirname(home.data),
    `password-${process.pid}-${randomBytes(4).toString('hex')}`,
  );
  rmSync(making, { recursive: true, force: true });
  mkdirSync(making, { mode: 0o700 });
  // Exclusive and private: its folder may be one that others can look into.
  writeFileSync(passwordFile, options.password, { mode: 0o600, flag: 'wx' });
  try {
    for (const path of [making, passwordFile]) give(path, home.user);
    runInitdb(home, [
      ['-D', making],
      [`--pwfile=${passwordFile}`],
      options.durable ? [] : ['--no-sync'],
    ]);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  chmodSync(making, 0o700);
  rmSync(home.data, { recursive: true, force: true }); // at most an empty folder: it has no PG_VERSION
  renameSync(making, home.data);
}

function runInitdb({ binaries, data, user }: PostgresHome, more: readonly string[][]): void {
  const fixed = ['-U', 'postgres', '-A', 'scram-sha-256', '-E', 'UTF8', '--locale=C'];
  const { status, stderr, error } = spawnSync(
    join(binaries, 'bin', 'initdb'),
    [...fixed, ...more.flat()],
    {
      ...user,
      cwd: dirname(data),
      env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC' },
      encoding: 'utf8',
    },
  );
  if (status === 0) return;
  throw new InitialiseFailed(`initdb failed: ${error?.message ?? stderr.trim()}`);
}

function give(path: string, user: PostgresHome['user']): void {
  if (user) chownSync(path, user.uid, user.gid);
}
