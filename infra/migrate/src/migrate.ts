import { AppError } from '@recoup/kernel';
import { Client } from 'pg';
import { migrationFiles, type Migration } from './files.js';
import { ensureRoles } from './roles.js';

export class MigrationChanged extends AppError {
  readonly code = 'MIGRATION_CHANGED';
}

export class MigrationFailed extends AppError {
  readonly code = 'MIGRATION_FAILED';
}

export interface MigrateOptions {
  /** A URL that may create roles and schemas. Services never get it. */
  readonly adminUrl: string;
  /** Passwords by login role; a role without one keeps what it has. */
  readonly passwords?: Readonly<Record<string, string>>;
}

/** Any number that nobody else uses: the advisory lock that lets one migration run at a time. */
const MIGRATION_LOCK = 7_263_514;

/**
 * Brings the database to the newest schema and answers the names of the migrations it applied. Each runs in a
 * transaction of its own, under a lock, once. Throws MigrationChanged when a file differs from what was applied
 * under its name: what is applied is history and is corrected by a new file.
 */
export async function migrate({
  adminUrl,
  passwords = {},
}: MigrateOptions): Promise<readonly string[]> {
  const client = new Client({ connectionString: adminUrl, application_name: 'recoup-migrate' });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await ensureRoles(client, passwords);
    await client.query(`create table if not exists public.recoup_migration (
      name text primary key, checksum text not null, applied_at timestamptz not null default now())`);
    await client.query('grant select on public.recoup_migration to recoup_follow, recoup_tenant');
    return await applyMissing(client, await migrationFiles());
  } finally {
    await client.end(); // releases the lock
  }
}

async function applyMissing(client: Client, files: readonly Migration[]): Promise<string[]> {
  const { rows } = await client.query<{ name: string; checksum: string }>(
    'select name, checksum from public.recoup_migration',
  );
  const applied = new Map(rows.map((row) => [row.name, row.checksum]));
  const done: string[] = [];
  for (const file of files) {
    const before = applied.get(file.name);
    if (before === file.checksum) continue;
    if (before !== undefined) {
      throw new MigrationChanged(`${file.name} was changed after it had been applied`);
    }
    await apply(client, file);
    done.push(file.name);
  }
  return done;
}

async function apply(client: Client, { name, sql, checksum }: Migration): Promise<void> {
  try {
    await client.query('begin');
    await client.query(sql);
    await client.query('insert into public.recoup_migration (name, checksum) values ($1, $2)', [
      name,
      checksum,
    ]);
    await client.query('commit');
  } catch (cause) {
    await client.query('rollback');
    throw new MigrationFailed(`migration ${name} failed`, { cause });
  }
}
