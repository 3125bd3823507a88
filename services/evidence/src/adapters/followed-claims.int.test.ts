import { createDatabase, type TestDatabase } from '@recoup/testkit';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const COUNT = 'select count(*)::int as rows from evidence.followed_claim';

let database: TestDatabase;
beforeAll(async () => {
  database = await createDatabase();
  await as('recoup_evidence_follow', (client) =>
    client.query(
      `insert into evidence.followed_claim (tenant_id, claim_id, deadline)
       values ('tenant-a', 'claim-1', '2026-12-01'), ('tenant-b', 'claim-2', '2026-12-02')`,
    ),
  );
});
afterAll(() => database.drop());

async function as<T>(role: string, work: (client: Client) => Promise<T>): Promise<T> {
  return connected(database.urlOf(role), work);
}

async function connected<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return work(client).finally(() => client.end());
}

describe('given followed claims of two sellers', () => {
  it('when the service works, then it sees and changes those of both', async () => {
    await as('recoup_evidence_follow', async (client) => {
      expect((await client.query(COUNT)).rows).toEqual([{ rows: 2 }]);
      const looked = `update evidence.followed_claim set deadline_look = now()`;
      expect((await client.query(looked)).rowCount).toBe(2);
    });
  });

  it('when another service asks, then it is refused', async () => {
    for (const role of ['recoup_gateway_tenant', 'recoup_gateway_follow']) {
      await as(role, async (client) => {
        await expect(client.query(COUNT)).rejects.toThrow(/permission denied/);
      });
    }
  });

  it('when a role of tenants is granted a look, then it sees its own seller, and changes nothing', async () => {
    await connected(database.adminUrl, (owner) =>
      owner.query('grant select, update on evidence.followed_claim to recoup_gateway_tenant'),
    );
    await as('recoup_gateway_tenant', async (client) => {
      expect((await client.query(COUNT)).rows).toEqual([{ rows: 0 }]);
      await client.query(`select set_config('app.tenant_id', 'tenant-a', false)`);
      const { rows } = await client.query('select claim_id from evidence.followed_claim');
      expect(rows).toEqual([{ claim_id: 'claim-1' }]);
      const change = `update evidence.followed_claim set deadline = '2027-01-01'`;
      expect((await client.query(change)).rowCount).toBe(0);
    });
  });
});
