import { AppError } from '@recoup/kernel';
import type { Pool } from 'pg';

/** The database lacks a migration that this build needs; `npm run migrate` brings it. */
export class SchemaTooOld extends AppError {
  readonly code = 'SCHEMA_TOO_OLD';
}

/** Services only check: they have no right to change the schema. A newer schema is fine, migrations only add. */
export async function checkSchema(pool: Pool, needed: readonly string[]): Promise<void> {
  const { rows } = await pool.query<{ missing: string }>(
    `select name as missing from unnest($1::text[]) name
     where not exists (select from public.recoup_migration m where m.name = name.name)`,
    [needed],
  );
  if (rows.length === 0) return;
  throw new SchemaTooOld(`the database lacks ${rows.map((row) => row.missing).join(', ')}`);
}
