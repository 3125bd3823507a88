import { LOGIN_ROLES } from '@recoup/migrate';
import { Client, type Pool } from 'pg';
import { z } from 'zod';

/** The roles in which requests are answered. */
export const TENANT_ROLES = LOGIN_ROLES.filter((role) => role.endsWith('_tenant'));

const namesSchema = z.array(z.object({ name: z.string() }));
const tenantsSchema = z.array(z.object({ tenant: z.string() }));

/** Tables, partitions and views with a tenant of which this role may read any column. */
const READABLE = `
  select format('%I.%I', n.nspname, c.relname) as name
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
  where c.relkind in ('r', 'p', 'v', 'm', 'f')
    and n.nspname <> 'information_schema' and n.nspname not like 'pg\\_%'
    and has_schema_privilege($1, n.oid, 'usage') and has_any_column_privilege($1, c.oid, 'select')
  order by 1`;

/** What a role may read, by name. */
export async function readableBy(owner: Pool, role: string): Promise<string[]> {
  return namesSchema.parse((await owner.query(READABLE, [role])).rows).map(({ name }) => name);
}

/** Whose rows a connection sees in a table. */
export async function tenantsIn(connection: Client | Pool, table: string): Promise<string[]> {
  const { rows } = await connection.query(
    `select distinct tenant_id as tenant from ${table} order by 1`,
  );
  return tenantsSchema.parse(rows).map(({ tenant }) => tenant);
}

/** A connection of a tenant role as the services have it, for one tenant or for none. */
export async function signedInAs(url: string, tenantId: string | null): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  if (tenantId !== null) {
    await client.query(`select set_config('app.tenant_id', $1, false)`, [tenantId]);
  }
  return client;
}
