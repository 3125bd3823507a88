import { eventually } from '@recoup/testkit';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  openGatewayUnderTest,
  type GatewayUnderTest,
  type User,
} from '../testing/gateway-under-test.js';
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
  it('given a sync that nobody watches, then its stream ends, so that the client comes back for what it missed', async () => {
    const user = await gateway.newUser();
    const syncId = await user.seller.request();
    const open = opening(user, syncId);
    const before = await open();
    const { id } = await before.frame(1);
    before.hangUp();
    await before.ended;

    await shutOut();
    for (const lastEventId of [undefined, id]) {
      const away = await open(lastEventId);
      expect(away.response.status).toBe(200);
      await away.ended;
      expect(away.frames).toEqual([]);
    }
    await limitConnections(-1);

    await eventually(() => user.seller.progress(syncId, 1000));
    const again = await open(id);
    expect((await again.frame(1)).body).toMatchObject({ progress: 40 });
    expect(again.frames[0]?.body).not.toHaveProperty('reset');
    again.hangUp();
  });

  it('given a sync that is being watched, then others can join, and all get what comes after', async () => {
    const user = await gateway.newUser();
    const syncId = await user.seller.request();
    const open = opening(user, syncId);
    const before = await open();
    const { id } = await before.frame(1);
    await user.seller.progress(syncId, 500);
    await before.frame(2);

    await shutOut();
    const fresh = await open();
    expect((await fresh.frame(1)).body).toMatchObject({ progress: 20, reset: true });
    const resumed = await open(id);
    expect((await resumed.frame(1)).body).toMatchObject({ progress: 20 });
    await limitConnections(-1);

    await eventually(() => user.seller.progress(syncId, 1000));
    for (const { frame, hangUp } of [before, fresh, resumed]) {
      const nth = frame === before.frame ? 3 : 2;
      expect((await frame(nth)).body).toMatchObject({ progress: 40 });
      hangUp();
    }
  });
});

function opening(user: User, syncId: string): (lastEventId?: string) => Promise<ProgressClient> {
  return (lastEventId) => openProgress(user, `/api/sse/sync-progress/${syncId}`, lastEventId);
}
