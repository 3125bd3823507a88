import { eventually } from '@recoup/testkit';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGatewayUnderTest, type GatewayUnderTest } from '../testing/gateway-under-test.js';
import { openProgress, type ProgressClient } from '../testing/progress-client.js';

let gateway: GatewayUnderTest;
let admin: Client;

beforeAll(async () => {
  gateway = await openGatewayUnderTest();
  admin = new Client({ connectionString: gateway.database.adminUrl });
  await admin.connect();
  admin.on('error', () => undefined);
});
afterAll(async () => {
  await admin.end();
  await gateway[Symbol.asyncDispose]();
});

/** Cuts every connection but this one, and lets none in: what a restarting server looks like from outside. */
async function shutOut(): Promise<void> {
  await limitConnections(0);
  await admin.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid()`,
  );
}

function limitConnections(limit: number): Promise<unknown> {
  const name = new URL(gateway.database.adminUrl).pathname.slice(1);
  return admin.query(`alter database ${name} connection limit ${limit}`);
}

describe('while the database is away', () => {
  it('given an open or a reconnect, then a stream that ends, so that the client comes back; then it gets what it missed', async () => {
    const user = await gateway.newUser();
    const syncId = await user.seller.request();
    const open = (lastEventId?: string): Promise<ProgressClient> =>
      openProgress(user, `/api/sse/sync-progress/${syncId}`, lastEventId);
    const before = await open();
    const { id } = await before.frame(1);

    await shutOut();
    for (const lastEventId of [undefined, id]) {
      const away = await open(lastEventId);
      expect(away.response.status).toBe(200);
      await away.ended;
      expect(away.frames).toEqual([]);
    }
    await limitConnections(-1);

    await eventually(() => user.seller.progress(syncId, 1000));
    expect((await before.frame(2)).body).toMatchObject({ progress: 40 });
    const again = await open(id);
    expect((await again.frame(1)).body).toMatchObject({ progress: 40 });
    expect(again.frames[0]?.body).not.toHaveProperty('reset');
    before.hangUp();
    again.hangUp();
  });
});
