import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Product } from './product.js';
import { searchFor, type Word } from './search-for.js';

/** Something that the product keeps: a table as `schema.table`, or a file below the state folder. */
export interface Kept {
  readonly place: string;
  readonly bytes: Buffer;
}

const tablesSchema = z.array(z.object({ place: z.string() }));
const textSchema = z.array(z.object({ text: z.string() })).length(1);

const TABLES = `
  select format('%I.%I', table_schema, table_name) as place from information_schema.tables
  where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
  order by 1`;

/** Amazon's own things, and the files of a database that is read by its tables. */
const NOT_OURS = new Set(['sandbox', 'postgres']);

/** Every row of every table as text, and every file of bus and logs: what a thief of the whole would have. */
export async function* everythingKept({
  database,
  stateDir,
}: Pick<Product, 'database' | 'stateDir'>): AsyncGenerator<Kept> {
  const tables = tablesSchema.parse((await database.query(TABLES)).rows);
  for (const { place } of tables) {
    const dump = `select coalesce(string_agg(t::text, E'\\n'), '') as text from ${place} t`;
    const [row] = textSchema.parse((await database.query(dump)).rows);
    yield { place, bytes: Buffer.from(row?.text ?? '') };
  }
  for (const file of filesBelow(stateDir)) {
    const bytes = bytesOf(join(stateDir, file));
    if (bytes) yield { place: file, bytes };
  }
}

function filesBelow(stateDir: string): string[] {
  return readdirSync(stateDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(stateDir.length + 1))
    .filter((file) => !NOT_OURS.has(file.split('/')[0] ?? ''));
}

/** Null for a file that the bus has dropped since it was listed. */
function bytesOf(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Where any of these words is kept, as it is or in a form that hides nothing (`searchFor`): the place, then the word. */
export async function placesOf(
  product: Pick<Product, 'database' | 'stateDir'>,
  words: readonly Word[],
): Promise<string[]> {
  const search = searchFor(words);
  const places: string[] = [];
  for await (const { place, bytes } of everythingKept(product)) {
    places.push(...search(bytes).map((found) => `${place}: ${found}`));
  }
  return places;
}
