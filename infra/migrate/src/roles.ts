import type { Client } from 'pg';

const SERVICES = ['gateway', 'ingestion', 'detection', 'evidence'] as const;

/**
 * The roles that services sign in with, two per service. `_follow` reads whole shards and does the service's own work;
 * `_tenant` stands under row-level security and serves every read made for a request.
 */
export const LOGIN_ROLES: readonly string[] = SERVICES.flatMap((service) => [
  `recoup_${service}_follow`,
  `recoup_${service}_tenant`,
]);

/** What the roles have in common is granted to these; the migrations name them. */
const GROUPS = ['recoup_follow', 'recoup_tenant'] as const;

/** The connection URL of a role on the server and database of `adminUrl`. */
export function roleUrl(adminUrl: string, role: string, password: string): string {
  const url = new URL(adminUrl);
  url.username = role;
  url.password = encodeURIComponent(password);
  return url.href;
}

/**
 * Makes the roles that do not exist yet and sets the passwords that are given. Roles belong to the whole server, so a
 * parallel migration of another database may make one at the same moment: that is no error.
 */
export async function ensureRoles(
  client: Client,
  passwords: Readonly<Record<string, string>>,
): Promise<void> {
  for (const group of GROUPS) await createRole(client, group, 'nologin');
  for (const role of LOGIN_ROLES) {
    await createRole(client, role, 'login');
    const group = role.endsWith('_tenant') ? 'recoup_tenant' : 'recoup_follow';
    await client.query(`grant ${group} to ${role}`);
    const password = passwords[role];
    if (password === undefined) continue;
    await client.query(`alter role ${role} password ${client.escapeLiteral(password)}`);
  }
}

async function createRole(client: Client, role: string, kind: 'login' | 'nologin'): Promise<void> {
  await client.query(`do $$ begin
    create role ${role} ${kind} nosuperuser nocreatedb nocreaterole inherit;
  exception when duplicate_object or unique_violation then null; end $$`);
}
