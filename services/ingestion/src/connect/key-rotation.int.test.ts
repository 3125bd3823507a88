import { randomBytes } from 'node:crypto';
import { keyRing, rewrapTenantKeys } from '@recoup/vault';
import { Pool } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { IngestionUnderTest } from '../testing/ingestion-under-test.js';
import { stageOfFile } from '../testing/stage.js';

// Access tokens end while a sync runs, so that consents are opened again and again.
const stage = stageOfFile({
  orders: 100,
  rateScale: 1000,
  settings: { SANDBOX_TOKEN_SECONDS: '2' },
});
const [oldKey, newKey] = [randomBytes(32), randomBytes(32)];
const [OLD, NEW] = [oldKey, newKey].map((key) => key.toString('base64')) as [string, string];

let owner: Pool;
beforeAll(() => {
  owner = new Pool({ connectionString: stage.adminUrl, max: 2 });
  owner.on('error', () => undefined); // the database is dropped under connections that are just closing
});
afterAll(() => owner.end());

async function wrappers(): Promise<(string | null)[]> {
  const { rows } = await owner.query<{ id: string | null }>(
    'select distinct key_id as id from vault.tenant_key',
  );
  return rows.map(({ id }) => id);
}

/** How long a test may take on a machine that is busy with other things, in milliseconds. */
const WHOLE_MS = 120_000;

/** Works on a sync in several instances at once until it has ended, or has come that far. */
async function work(
  instances: readonly IngestionUnderTest[],
  { tenantId, syncId }: { tenantId: string; syncId: string },
  progress = 100,
): Promise<string> {
  const states = await Promise.all(
    instances.map((each) => each.work(tenantId, syncId, (state) => state.progress >= progress)),
  );
  return states[0]?.status ?? '';
}

it(
  'the key of consents is replaced while syncs run, and nothing needs the old one afterwards',
  async () => {
    const alone = stage.open({ ENCRYPTION_KEY: OLD });
    const running = await alone.connected('A0ROTATING01');
    await alone.enqueue(running.tenantId, running.syncId);
    await work([alone], running, 5);
    expect(await wrappers()).toEqual([keyRing(oldKey).currentId]);

    // Every process learns the new key, then they wrap with it one after the other.
    const learned = stage.open({ ENCRYPTION_KEY: OLD, ENCRYPTION_KEYS_ACCEPTED: NEW });
    await work([alone, learned], running, 15);
    const wraps = stage.open({ ENCRYPTION_KEY: NEW, ENCRYPTION_KEYS_ACCEPTED: OLD });
    const newcomer = await wraps.connected('A0ROTATING02');
    await wraps.enqueue(newcomer.tenantId, newcomer.syncId);
    const both = work([learned, wraps], running, 60);
    await work([learned], newcomer, 5);
    const rewrapped = await rewrapTenantKeys({
      db: owner,
      keys: keyRing(newKey, [oldKey]),
      batch: 1,
    });
    expect(rewrapped).toEqual({ rewrapped: 1, unopened: 0 });
    await both;
    expect(await wrappers()).toEqual([keyRing(newKey).currentId]);

    // The old key is dropped: a process that has never seen it ends both syncs and starts another.
    const after = stage.open({ ENCRYPTION_KEY: NEW });
    expect(await work([after], running)).toBe('complete');
    expect(await work([after], newcomer)).toBe('complete');
    const again = { ...running, syncId: await after.request(running.tenantId) };
    await after.enqueue(again.tenantId, again.syncId);
    expect(await work([after], again)).toBe('complete');
  },
  WHOLE_MS,
);

it(
  'a process that lacks the key breaks no consent: whoever has it goes on',
  async () => {
    const { tenantId, syncId } = await stage
      .open({ ENCRYPTION_KEY: NEW })
      .connected('A0ROTATING03');
    const behind = stage.open({ ENCRYPTION_KEY: OLD });
    await behind.enqueue(tenantId, syncId);
    const stop = new AbortController();
    const working = behind.ingestion.runWorkers(stop.signal);
    await expect.poll(() => behind.logged(), { timeout: 20_000 }).toContain('not among those set');
    stop.abort();
    await working;
    expect((await behind.state(tenantId, syncId)).status).toBe('in_progress');
    expect(await work([stage.open({ ENCRYPTION_KEY: NEW })], { tenantId, syncId })).toBe(
      'complete',
    );
  },
  WHOLE_MS,
);
