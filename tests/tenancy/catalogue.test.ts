import { createDatabase, type TestDatabase } from '@recoup/testkit';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  appendsOnly,
  onlyReads,
  ownsNothing,
  readsOwnRows,
  runsAsItself,
  type Rule,
} from './catalogue.js';

let database: TestDatabase;
let owner: Client;
beforeAll(async () => {
  database = await createDatabase();
  owner = new Client({ connectionString: database.adminUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await database[Symbol.asyncDispose]();
});

/** What a rule says once somebody has forgotten something; the database is as before afterwards. */
async function after(mistake: string, rule: Rule): Promise<readonly string[]> {
  await owner.query('begin');
  try {
    await owner.query(mistake);
    return await rule(owner);
  } finally {
    await owner.query('rollback');
  }
}

const TABLE = 'create table rm.forgetful (tenant_id text, doc jsonb)';
const SHOWN = `${TABLE}; grant select on rm.forgetful to recoup_tenant`;
const GUARDED = `${SHOWN}; alter table rm.forgetful enable row level security`;
const READS = 'create function read.all_of(p_tenant text) returns setof rm.claim language plpgsql';

describe('everything that the migrations make', () => {
  it.each([
    ['shows a tenant role its own rows alone', readsOwnRows],
    ['is only read by tenant roles', onlyReads],
    ['is run by tenant roles as themselves, for the tenant that they name', runsAsItself],
    ['is owned by no role that signs in', ownsNothing],
    ['is appended to and never changed, where it is the record', appendsOnly],
  ])('%s', async (_, rule) => {
    expect(await rule(owner)).toEqual([]);
  });
});

describe('the rules notice', () => {
  it.each([
    ['a table without row-level security', SHOWN, 'rm.forgetful has no row-level security'],
    [
      'a table of which one column may be read',
      `${TABLE}; grant select (doc) on rm.forgetful to recoup_evidence_tenant`,
      'rm.forgetful has no row-level security',
    ],
    [
      'a policy that shows all rows',
      `${GUARDED}; create policy open on rm.forgetful for select using (true)`,
      'rm.forgetful has the policy open, which shows other rows',
    ],
    [
      'a table that does not say whose its rows are',
      'create table rm.whose (doc jsonb); grant select on rm.whose to recoup_tenant',
      'rm.whose is readable and has no tenant',
    ],
    [
      'a view with the rights of its owner',
      'create view rm.past as select * from rm.claim_v1; grant select on rm.past to recoup_tenant',
      'rm.past reads past row-level security',
    ],
  ])('%s', async (_, mistake, said) => {
    expect(await after(mistake, readsOwnRows)).toContain(said);
  });

  it.each([
    [
      'a function that runs as its owner',
      `${READS} security definer as $$ begin perform set_config('app.tenant_id', p_tenant, true);
         return query select * from rm.claim; end $$`,
      'read.all_of(text) runs with the rights of its owner',
    ],
    [
      'a function that leaves the tenant behind',
      `${READS} as $$ begin perform set_config('app.tenant_id', p_tenant, false); end $$`,
      'read.all_of(text) sets the tenant for longer than itself',
    ],
    [
      'a function that is asked for no tenant',
      'create function read.any_of() returns setof rm.claim language sql as $$ select * from rm.claim $$',
      'read.any_of() is asked for no tenant',
    ],
  ])('%s', async (_, mistake, said) => {
    expect(await after(mistake, runsAsItself)).toContain(said);
  });

  it.each([
    {
      what: 'a tenant role that may write',
      mistake: 'grant insert on rm.claim_v1 to recoup_evidence_tenant',
      rule: onlyReads,
      said: 'recoup_evidence_tenant may change rm.claim_v1',
    },
    {
      what: 'a tenant role that may make tables',
      mistake: 'grant create on schema rm to recoup_gateway_tenant',
      rule: onlyReads,
      said: 'recoup_gateway_tenant may make things in rm',
    },
    {
      what: 'a role that may insert into the log',
      mistake: 'grant insert (data) on log.event_03 to recoup_evidence_follow',
      rule: appendsOnly,
      said: 'recoup_evidence_follow may change log.event_03',
    },
    {
      what: 'a role that may change facts',
      mistake: 'grant update on facts.fact to recoup_ingestion_follow',
      rule: appendsOnly,
      said: 'recoup_ingestion_follow may change facts.fact',
    },
    {
      what: 'a table of a role that signs in',
      mistake: 'alter table gateway.kept_answer owner to recoup_gateway_follow',
      rule: ownsNothing,
      said: 'recoup_gateway_follow owns gateway.kept_answer',
    },
  ])('$what', async ({ mistake, rule, said }) => {
    expect(await after(mistake, rule)).toContain(said);
  });
});
