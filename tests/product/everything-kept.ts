import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Product } from './product.js';

/** Something that the product keeps: a table as `schema.table`, or a file below the state folder. */
export interface Kept {
  readonly place: string;
  readonly text: string;
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
    yield { place, text: row?.text ?? '' };
  }
  for (const file of filesBelow(stateDir)) {
    yield { place: file, text: readFileSync(join(stateDir, file), 'latin1') };
  }
}

function filesBelow(stateDir: string): string[] {
  return readdirSync(stateDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(stateDir.length + 1))
    .filter((file) => !NOT_OURS.has(file.split('/')[0] ?? ''));
}

/** The places that hold one of these words, as it is or as a byte column shows it. */
export async function placesOf(
  product: Pick<Product, 'database' | 'stateDir'>,
  words: readonly string[],
): Promise<string[]> {
  const forms = words.flatMap((word) => [word, Buffer.from(word).toString('hex')]);
  const places: string[] = [];
  for await (const { place, text } of everythingKept(product)) {
    const found = forms.find((form) => text.includes(form));
    if (found !== undefined) places.push(`${place}: ${found}`);
  }
  return places;
}
