import { describe, expect, it } from 'vitest';
import { disconnect, hear, settle } from '../testing/disconnections.js';
import { stageOfFile } from '../testing/stage.js';

const stage = stageOfFile({ orders: 100, rateScale: 2000 });

let sellers = 0;

/** A seller whose first sync has completed. */
async function synced(): Promise<{ sellerId: string; tenantId: string; syncId: string }> {
  sellers += 1;
  const sellerId = `A0LEAVES${String(sellers).padStart(4, '0')}`;
  const { tenantId, syncId } = await stage.sut.connected(sellerId);
  await stage.sut.enqueue(tenantId, syncId);
  expect(await stage.sut.work(tenantId, syncId)).toMatchObject({ status: 'complete' });
  return { sellerId, tenantId, syncId };
}

const tables = {
  accounts: 'ingestion.seller_account',
  facts: 'facts.fact',
  batches: 'facts.batch',
  windows: 'ingestion.sync_window',
  jobs: 'ingestion.job',
};

async function rowsOf(tenantId: string): Promise<Record<string, number>> {
  const counts = Object.entries(tables).map(async ([name, table]): Promise<[string, number]> => {
    const query = `select count(*)::int as rows from ${table} where tenant_id = $1`;
    const { rows } = await stage.sut.pool.query<{ rows: number }>(query, [tenantId]);
    return [name, rows[0]?.rows ?? 0];
  });
  return Object.fromEntries(await Promise.all(counts));
}

async function keyOf(tenantId: string): Promise<string | undefined> {
  const query = `select encode(wrapped, 'hex') as key from vault.tenant_key where tenant_id = $1`;
  return (await stage.sut.pool.query<{ key: string }>(query, [tenantId])).rows[0]?.key;
}

const NOTHING = { accounts: 0, facts: 0, batches: 0, windows: 0, jobs: 0 };
const reconnect = async (tenantId: string | null, sellerId: string): Promise<unknown> =>
  stage.sut.connect(sellerId, await stage.amazon.refreshToken(sellerId), tenantId);
const CONNECTED = { outcome: 'connected' };

describe('a disconnection', () => {
  it('given no purge, then the consent is forgotten and what was copied stays', async () => {
    const { tenantId } = await synced();
    const before = await rowsOf(tenantId);
    await hear(stage.sut, await disconnect(stage.sut, tenantId, false));
    await settle(stage.sut);
    expect(await rowsOf(tenantId)).toEqual({ ...before, accounts: 0 });
    expect(before['facts']).toBeGreaterThan(100);
    expect(await keyOf(tenantId)).toBeDefined();
  });

  it('given a purge, then facts, jobs and key are gone, and those of others are not', async () => {
    const [leaving, staying] = [await synced(), await synced()];
    const before = await rowsOf(staying.tenantId);
    await hear(stage.sut, await disconnect(stage.sut, leaving.tenantId, true));
    await settle(stage.sut);
    expect(await rowsOf(leaving.tenantId)).toEqual(NOTHING);
    expect(await keyOf(leaving.tenantId)).toBeUndefined();
    expect(await rowsOf(staying.tenantId)).toEqual(before);
    expect(await keyOf(staying.tenantId)).toBeDefined();
  });

  it('given the same seller again after a purge, then everything is copied anew, once', async () => {
    const { tenantId, sellerId } = await synced();
    const before = await rowsOf(tenantId);
    const event = await disconnect(stage.sut, tenantId, true);
    await hear(stage.sut, event);
    await settle(stage.sut);
    expect(await reconnect(tenantId, sellerId)).toMatchObject(CONNECTED);
    const syncId = await activeSync(tenantId);
    await stage.sut.enqueue(tenantId, syncId);
    expect(await stage.sut.work(tenantId, syncId)).toMatchObject({ status: 'complete' });
    expect(await rowsOf(tenantId)).toEqual(before);
    // Heard of again, it is known to be settled.
    await hear(stage.sut, event);
    await settle(stage.sut);
    expect(await rowsOf(tenantId)).toEqual(before);
  });

  it('given another tenant that connects the seller, before or after it is heard of, then it may', async () => {
    const [early, late] = [await synced(), await synced()];
    await hear(stage.sut, await disconnect(stage.sut, early.tenantId, true));
    await settle(stage.sut);
    expect(await reconnect('next-owner-1', early.sellerId)).toMatchObject(CONNECTED);
    const event = await disconnect(stage.sut, late.tenantId, true);
    expect(await reconnect('next-owner-2', late.sellerId)).toMatchObject(CONNECTED);
    await hear(stage.sut, event);
    await settle(stage.sut);
    expect(await rowsOf('next-owner-2')).toMatchObject({ accounts: 1 });
  });
});

describe('a disconnection that is heard of after the seller has connected again', () => {
  it('given a purge, then the new consent works, its sync waits for the erasure, and copies everything', async () => {
    const { tenantId, sellerId } = await synced();
    const before = await rowsOf(tenantId);
    const key = await keyOf(tenantId);
    const event = await disconnect(stage.sut, tenantId, true);
    expect(await reconnect(tenantId, sellerId)).toMatchObject(CONNECTED);
    const syncId = await activeSync(tenantId);
    await hear(stage.sut, event);
    await stage.sut.enqueue(tenantId, syncId);
    const { tenantId: other, syncId: its } = await stage.sut.connected('A0NEIGHBOUR1');
    await stage.sut.enqueue(other, its);
    await stage.sut.work(other, its); // workers are at work, and pass the waiting job by
    expect(await attempts(syncId)).toBe(0);
    await settle(stage.sut);
    expect(await rowsOf(tenantId)).toEqual({ ...NOTHING, accounts: 1, jobs: 1 });
    expect(await keyOf(tenantId)).not.toBe(key);
    expect(await stage.sut.work(tenantId, syncId)).toMatchObject({ status: 'complete' });
    expect(await rowsOf(tenantId)).toEqual(before);
  });

  it('given another seller, then the account is his', async () => {
    const { tenantId } = await synced();
    const event = await disconnect(stage.sut, tenantId, true);
    expect(await reconnect(tenantId, 'A0SECOND0001')).toMatchObject(CONNECTED);
    await hear(stage.sut, event);
    await settle(stage.sut);
    const query = 'select selling_partner_id from ingestion.seller_account where tenant_id = $1';
    const { rows } = await stage.sut.pool.query(query, [tenantId]);
    expect(rows).toEqual([{ selling_partner_id: 'A0SECOND0001' }]);
  });

  it('given another seller while the data of the first are kept, then refused, and nothing is stored', async () => {
    const { tenantId } = await synced();
    await hear(stage.sut, await disconnect(stage.sut, tenantId, false));
    expect(await reconnect(tenantId, 'A0SECOND0002')).toMatchObject({
      outcome: 'refused',
      code: 'already_connected',
      message: expect.stringContaining('erase'),
    });
    expect(await rowsOf(tenantId)).toMatchObject({ accounts: 0 });
  });
});

describe('a disconnection during a sync', () => {
  const running = async (): Promise<{ tenantId: string; syncId: string; sellerId: string }> => {
    sellers += 1;
    const sellerId = `A0RUNNING${String(sellers).padStart(3, '0')}`;
    const { tenantId, syncId } = await stage.sut.connected(sellerId);
    await stage.sut.enqueue(tenantId, syncId);
    await stage.sut.work(tenantId, syncId, ({ progress }) => progress > 0);
    return { tenantId, syncId, sellerId };
  };

  it('given that the gateway died before it cancelled the sync, then it is cancelled here', async () => {
    const { tenantId, syncId } = await running();
    await hear(stage.sut, await disconnect(stage.sut, tenantId, true));
    await settle(stage.sut);
    const events = await stage.sut.events(tenantId, syncId);
    expect(events.at(-1)).toMatchObject({ type: 'sync.cancelled' });
    expect(await stage.sut.store.reservationOwner(tenantId, `active-sync:${tenantId}`)).toBeNull();
    expect(await rowsOf(tenantId)).toEqual(NOTHING);
  });

  it('given a sync that was asked for at the same instant, then it fails without one call', async () => {
    const { tenantId, sellerId } = await synced();
    await disconnect(stage.sut, tenantId, false);
    const syncId = await stage.sut.request(tenantId);
    await stage.sut.enqueue(tenantId, syncId);
    const before = await stage.amazon.calls(sellerId);
    expect(await stage.sut.work(tenantId, syncId)).toMatchObject({ status: 'failed' });
    expect(await stage.amazon.calls(sellerId)).toEqual(before);
  });
});

async function activeSync(tenantId: string): Promise<string> {
  const owner = await stage.sut.store.reservationOwner(tenantId, `active-sync:${tenantId}`);
  return owner?.replace(/^sync-/, '') ?? '';
}

/** How often a worker has taken the job of a sync. */
async function attempts(syncId: string): Promise<number | undefined> {
  const query = 'select fence from ingestion.job where sync_id = $1';
  return (await stage.sut.pool.query<{ fence: number }>(query, [syncId])).rows[0]?.fence;
}
