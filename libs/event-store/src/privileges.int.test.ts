import { shardOf } from '@recoup/kernel';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLog, request, type LogUnderTest } from './testing/log-under-test.js';

let log: LogUnderTest;
beforeAll(async () => {
  log = await openLog();
  for (const tenantId of ['tenant-a', 'tenant-b']) {
    await log.store.append(
      request(`connection-${tenantId}`, 'absent', { tenantId, take: ['key'] }),
    );
  }
});
afterAll(() => log[Symbol.asyncDispose]());

async function as<T>(role: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: log.database.urlOf(role) });
  await client.connect();
  return work(client).finally(() => client.end());
}

/** The tables of the log as the database has them, with every partition. */
async function tables(owner: Client): Promise<string[]> {
  const { rows } = await owner.query<{ name: string }>(
    "select relname as name from pg_class where relnamespace = 'log'::regnamespace and relkind in ('r', 'p')",
  );
  return rows.map(({ name }) => name);
}

/** One statement per way of changing a table of the log. */
const changesOf = (table: string): string[] => [
  `update log.${table} set shard = shard`,
  `delete from log.${table}`,
  `truncate log.${table} cascade`,
  `insert into log.${table} select * from log.${table} where false`,
];

describe('no login role', () => {
  it('can change the log in any way', async () => {
    const owner = await log.admin();
    const { rows } = await owner.query<{ role: string }>(
      "select rolname as role from pg_roles where rolcanlogin and not rolsuper and rolname like 'recoup\\_%'",
    );
    expect(rows.length).toBeGreaterThanOrEqual(8);
    const changes = (await tables(owner)).flatMap(changesOf);
    expect(changes.length).toBeGreaterThanOrEqual(4 * 20);
    for (const { role } of rows) {
      await as(role, async (client) => {
        for (const change of changes) {
          await expect(client.query(change), `${role}: ${change}`).rejects.toThrow(
            /permission denied/,
          );
        }
        for (const call of ["log.take(0::smallint, 's', '{k}')", 'log.refuse_change()']) {
          await expect(client.query(`select ${call}`), call).rejects.toThrow(
            /permission denied|trigger/,
          );
        }
      });
    }
  });
});

describe('the owner of the log', () => {
  it.each([
    'update log.event set type = type',
    'delete from log.event',
    'truncate log.event',
    'update log.event_00 set type = type; update log.event_07 set type = type; delete from log.event',
    'truncate log.event_03',
  ])('is stopped by a trigger: %s', async (change) => {
    const owner = await log.admin();
    await expect(owner.query(change)).rejects.toThrow('the log is append-only');
  });

  it('is stopped on every partition', async () => {
    const owner = await log.admin();
    const { rows: used } = await owner.query<{ table: string }>(
      'select distinct tableoid::regclass::text as table from log.event',
    );
    expect(used.length).toBeGreaterThan(0);
    for (const { table } of used) {
      for (const change of [`update ${table} set type = type`, `delete from ${table}`]) {
        await expect(owner.query(change), change).rejects.toThrow('the log is append-only');
      }
    }
    const partitions = (await tables(owner)).filter((table) => /^event_\d\d$/.test(table));
    expect(partitions).toHaveLength(16);
    for (const table of partitions) {
      const truncate = `truncate log.${table}`;
      await expect(owner.query(truncate), truncate).rejects.toThrow('the log is append-only');
    }
  });
});

describe('a tenant role', () => {
  const tenants = async (client: Client): Promise<string[]> => {
    const { rows } = await client.query<{ tenant_id: string }>('select tenant_id from log.event');
    return rows.map((row) => row.tenant_id);
  };

  it('sees nothing while no tenant is set', async () => {
    await as('recoup_gateway_tenant', async (client) => {
      expect(await tenants(client)).toEqual([]);
      await client.query("select set_config('app.tenant_id', '', false)");
      expect(await tenants(client)).toEqual([]);
    });
  });

  it('sees the events of the tenant that is set, and no others', async () => {
    await as('recoup_gateway_tenant', async (client) => {
      await client.query("select set_config('app.tenant_id', 'tenant-b', false)");
      expect(await tenants(client)).toEqual(['tenant-b']);
    });
  });

  it('cannot ask who holds a reservation, which no policy guards', async () => {
    await as('recoup_gateway_tenant', async (client) => {
      const asked = client.query('select log.reservation_owner($1, $2)', [0, 'key']);
      await expect(asked).rejects.toThrow(/permission denied/);
    });
  });

  it('cannot read a partition past the policy, nor append', async () => {
    await as('recoup_gateway_tenant', async (client) => {
      await expect(client.query('select * from log.event_00')).rejects.toThrow(/permission denied/);
      const { rows } = await client.query<{ allowed: boolean }>(
        `select has_function_privilege(oid, 'execute') as allowed from pg_proc where pronamespace = 'log'::regnamespace
           and proname = 'append'`,
      );
      expect(rows).toEqual([{ allowed: false }]);
    });
  });

  it('reads its own events of a stretch, and none of another tenant, whatever it asks', async () => {
    await as('recoup_gateway_tenant', async (client) => {
      const read = 'select tenant_id from log.read_tenant($1, $2, 0, 1000, 100)';
      for (const asked of ['tenant-a', 'tenant-b']) {
        const { rows } = await client.query<{ tenant_id: string }>(read, [shardOf(asked), asked]);
        expect(rows).toEqual([{ tenant_id: asked }]);
        expect(await tenants(client)).toEqual([]);
      }
    });
  });

  it('leaves no tenant behind on its connection after a read of a stream', async () => {
    await as('recoup_gateway_tenant', async (client) => {
      const read = 'select tenant_id from log.read_stream($1, $2, $3, 0)';
      const { rows: shards } = await log.pool.query<{ shard: number }>(
        "select shard from log.stream where stream_id = 'connection-tenant-a'",
      );
      const own = await client.query(read, [shards[0]?.shard, 'tenant-a', 'connection-tenant-a']);
      expect(own.rows).toEqual([{ tenant_id: 'tenant-a' }]);
      expect(await tenants(client)).toEqual([]);
    });
  });
});

describe('a follow role', () => {
  it('sees all tenants', async () => {
    const { rows } = await log.pool.query('select distinct tenant_id from log.event order by 1');
    expect(rows).toEqual([{ tenant_id: 'tenant-a' }, { tenant_id: 'tenant-b' }]);
  });
});
