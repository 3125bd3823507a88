import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/**
 * Every `<package>/migrations/*.sql` of libs and services, in the order of their numbers. A package keeps the tables it
 * owns; the numbers alone say what comes before what.
 */
export async function migrationFiles(root: string = ROOT): Promise<readonly Migration[]> {
  const paths: string[] = [];
  for (const group of ['libs', 'services']) {
    for (const name of await readdir(join(root, group))) {
      paths.push(...(await sqlFiles(join(root, group, name, 'migrations'))));
    }
  }
  paths.sort((a, b) => basename(a).localeCompare(basename(b), 'en'));
  return Promise.all(paths.map(load));
}

async function sqlFiles(folder: string): Promise<string[]> {
  try {
    const names = await readdir(folder);
    return names.filter((name) => name.endsWith('.sql')).map((name) => join(folder, name));
  } catch {
    return []; // a package without tables
  }
}

async function load(path: string): Promise<Migration> {
  const sql = await readFile(path, 'utf8');
  const checksum = createHash('sha256').update(sql).digest('hex');
  return { name: basename(path, '.sql'), sql, checksum };
}
