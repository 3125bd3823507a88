import type { ClientBase } from 'pg';
import { z } from 'zod';

/**
 * What a database says of itself, held against what every table, view and function of ours must keep to. Each answers what
 * breaks the rule, in words; nothing where all is well.
 */
export type Rule = (database: ClientBase) => Promise<readonly string[]>;

const wrongSchema = z.array(z.object({ wrong: z.string() }));

function rule(statement: string): Rule {
  return async (database) =>
    wrongSchema.parse((await database.query(statement)).rows).map(({ wrong }) => wrong);
}

/** Tables, partitions and views of ours. */
const RELATIONS = `
  relation as (
    select c.*, format('%I.%I', n.nspname, c.relname) as name, n.nspname,
      exists (select from pg_attribute a
              where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped) as of_tenants
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm', 'f')
      and n.nspname <> 'information_schema' and n.nspname not like 'pg\\_%')`;

/** The roles in which requests are answered. */
const TENANT_ROLES = `
  tenant_role as (select * from pg_roles where rolname like 'recoup\\_%\\_tenant' and rolcanlogin)`;

const LOGIN_ROLES = `
  login as (select * from pg_roles where rolname like 'recoup\\_%' and rolcanlogin)`;

const OWN_ROWS = "(tenant_id = current_setting(''app.tenant_id''::text, true))";

/** Readable without a tenant, because nothing in them is anybody's. */
const NOBODYS = ['log.shard', 'rm.checkpoint', 'public.recoup_migration'];

/** Whatever a tenant role may read shows it the rows of the tenant that is set, and no others. */
export const readsOwnRows = rule(`
  with ${RELATIONS}, ${TENANT_ROLES}, readable as (
    select distinct r.* from relation r, tenant_role t where has_any_column_privilege(t.oid, r.oid, 'select'))
  select name || ' is readable and has no tenant' as wrong from readable
    where not of_tenants and name <> all ('{${NOBODYS.join(',')}}')
  union all
  select name || ' has no row-level security' from readable
    where of_tenants and relkind in ('r', 'p') and not relrowsecurity
  union all
  select name || ' reads past row-level security' from readable
    where of_tenants and (relkind in ('m', 'f')
      or relkind = 'v' and not coalesce('security_invoker=true' = any (reloptions), false))
  union all
  select format('%s has the policy %s, which shows other rows', r.name, p.polname)
    from readable r join pg_policy p on p.polrelid = r.oid, tenant_role t
    where p.polpermissive
      and exists (select from unnest(p.polroles) given where given = 0 or pg_has_role(t.oid, given, 'member'))
      and pg_get_expr(p.polqual, p.polrelid) is distinct from '${OWN_ROWS}'
  order by 1`);

/** A tenant role changes nothing, makes nothing, owns nothing and is nothing more than a reader. */
export const onlyReads = rule(`
  with ${RELATIONS}, ${TENANT_ROLES}
  select distinct format('%s may change %s', t.rolname, r.name) as wrong from relation r, tenant_role t
    where has_table_privilege(t.oid, r.oid, 'insert, update, delete, truncate, references, trigger')
      or has_any_column_privilege(t.oid, r.oid, 'insert, update')
  union all
  select format('%s may make things in %s', t.rolname, n.nspname) from pg_namespace n, tenant_role t
    where has_schema_privilege(t.oid, n.oid, 'create')
  union all
  select format('%s stands above the policies', t.rolname) from tenant_role t
    where t.rolsuper or t.rolbypassrls or t.rolcreaterole or pg_has_role(t.oid, 'recoup_follow', 'member')
  order by 1`);

/** A tenant role runs nothing that has the rights of another; what it runs names the tenant first. */
export const runsAsItself = rule(`
  with ${TENANT_ROLES}, callable as (
    select distinct p.*, p.oid::regprocedure::text as name from pg_proc p
      join pg_namespace n on n.oid = p.pronamespace, tenant_role t
    where n.nspname <> 'information_schema' and n.nspname not like 'pg\\_%'
      and has_schema_privilege(t.oid, n.oid, 'usage') and has_function_privilege(t.oid, p.oid, 'execute'))
  select name || ' runs with the rights of its owner' as wrong from callable where prosecdef
  union all
  select name || ' is asked for no tenant' from callable
    where not coalesce('p_tenant' = any (proargnames[1:2]), false)
  union all
  select name || ' sets the tenant for longer than itself' from callable
    where prosrc !~ $$perform set_config\\('app.tenant_id', (p_tenant|coalesce\\(p_tenant, ''\\)), true\\)$$
  order by 1`);

/** No login role owns anything, or stands above the policies. */
export const ownsNothing = rule(`
  with ${RELATIONS}, ${LOGIN_ROLES}
  select format('%s owns %s', l.rolname, r.name) as wrong from relation r join login l on l.oid = r.relowner
  union all
  select format('%s stands above the policies', rolname) from login
    where rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication
  union all
  select format('%s owns %s', l.rolname, p.oid::regprocedure) from pg_proc p join login l on l.oid = p.proowner
  order by 1`);

/** The log is written by its function alone, and facts by ingestion, which changes none that stands. */
export const appendsOnly = rule(`
  with ${RELATIONS}, ${LOGIN_ROLES}
  select format('%s may change %s', l.rolname, r.name) as wrong from relation r, login l
    where r.nspname = 'log'
      and (has_table_privilege(l.oid, r.oid, 'insert, update, delete, truncate, trigger')
        or has_any_column_privilege(l.oid, r.oid, 'insert, update'))
  union all
  select format('%s may change %s', l.rolname, r.name) from relation r, login l
    where r.name in ('facts.fact', 'facts.batch')
      and (has_table_privilege(l.oid, r.oid, 'update, delete, truncate, trigger')
        or has_any_column_privilege(l.oid, r.oid, 'update')
        or l.rolname <> 'recoup_ingestion_follow' and has_any_column_privilege(l.oid, r.oid, 'insert'))
  union all
  select format('%s may read the partition %s past its policy', l.rolname, r.name) from relation r, login l
    where r.relispartition and has_any_column_privilege(l.oid, r.oid, 'select')
  order by 1`);
