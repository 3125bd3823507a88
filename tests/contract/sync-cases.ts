import { describe, expect, it } from 'vitest';
import { ask, codeOf } from './ask.js';
import type { Suite } from './suite.js';

/** The start whose failures have words of their own. */
const AMAZON_START = '/api/v1/integrations/amazon/sync';
const STARTS = ['/api/sync/start', '/api/v1/integrations/sync/start'];

/** Starting, cancelling and reading syncs, by the shapes and words that the client acts on. */
export function syncCases(suite: () => Suite): void {
  const post = (address: string, token: string): ReturnType<typeof ask> =>
    ask(suite(), address, { method: 'POST', token });

  describe('a start', () => {
    it.each(STARTS)('at %s without a connection is 400 amazon_not_connected', async (address) => {
      const { status, json } = await post(address, await suite().newUser());
      expect([status, json]).toMatchObject([400, { code: 'amazon_not_connected' }]);
    });

    it('at its other address speaks its own words, whoever refuses', async () => {
      const nobody = await ask(suite(), AMAZON_START, { method: 'POST' });
      expect([nobody.status, nobody.json]).toMatchObject([
        401,
        { success: false, error: 'unauthenticated', code: 'unauthenticated' },
      ]);
      const { status, json } = await post(AMAZON_START, await suite().newUser());
      expect([status, json]).toMatchObject([
        400,
        {
          success: false,
          error: 'amazon_not_connected',
          message: 'Amazon account not connected. Please connect your Amazon account first.',
        },
      ]);
    });

    it('at its other address says how long it will take, and is adopted by no second one', async () => {
      const { token } = suite();
      const { status, json } = await post(AMAZON_START, token);
      expect([status, json]).toEqual([
        200,
        {
          success: true,
          syncId: expect.stringMatching(/^sync_/) as string,
          message: 'Sync started successfully',
          status: 'in_progress',
          estimatedDuration: expect.stringMatching(/second|minute|hour|being computed/) as string,
        },
      ]);
      const { syncId } = json as { syncId: string };
      const second = await post(AMAZON_START, token);
      expect([second.status, second.json]).toMatchObject([
        409,
        {
          success: false,
          error: 'sync_in_progress',
          message: `Sync already in progress (${syncId}). Please wait for it to complete or cancel it first.`,
          existingSyncId: syncId,
        },
      ]);
      await post(`/api/sync/cancel/${syncId}`, token);
    });

    it('answers the new sync, which is readable at once, and which a second start names', async () => {
      const { token } = suite();
      const { status, json } = await post('/api/sync/start', token);
      expect([status, json]).toEqual([
        200,
        {
          syncId: expect.stringMatching(/^sync_/) as string,
          status: 'in_progress',
          message: 'Sync started successfully',
        },
      ]);
      const { syncId } = json as { syncId: string };
      for (const address of STARTS) {
        const second = await post(address, token);
        expect([second.status, second.json]).toMatchObject([
          400,
          { code: 'sync_in_progress', existingSyncId: syncId },
        ]);
      }
      const overview = await ask(suite(), '/api/sync/status', { token });
      expect(overview.json).toMatchObject({ hasActiveSync: true, activeSync: { syncId } });
      for (const query of [`/${syncId}`, `?syncId=${syncId}`, `?id=${syncId}`]) {
        const body = (await ask(suite(), `/api/sync/status${query}`, { token })).json;
        expect(body).toMatchObject({ syncId, status: 'in_progress' });
      }
      const cancelled = await post(`/api/sync/cancel/${syncId}`, token);
      expect([cancelled.status, cancelled.json]).toEqual([
        200,
        { ok: true, message: 'Sync cancelled successfully' },
      ]);
      const after = await ask(suite(), `/api/sync/status/${syncId}`, { token });
      expect(after.json).toMatchObject({ status: 'cancelled' });
      const address = `/api/v1/integrations/sync/cancel/${syncId}`;
      expect((await ask(suite(), address, { method: 'DELETE', token })).status).toBe(400);
    });
  });

  describe('a start with an Idempotency-Key', () => {
    it.each([...STARTS, AMAZON_START])(
      'at %s answers a repeat as it did at first, also when it is over',
      async (address) => {
        const { token } = suite();
        const headers = { 'idempotency-key': `contract ${address}` };
        const start = (): ReturnType<typeof ask> =>
          ask(suite(), address, { method: 'POST', token, headers });
        const [first, twin] = await Promise.all([start(), start()]);
        expect([first.status, twin.text]).toEqual([200, first.text]);
        const { syncId } = first.json as { syncId: string };
        await post(`/api/sync/cancel/${syncId}`, token);
        const repeat = await start();
        expect([repeat.status, repeat.text]).toEqual([200, first.text]);
        expect(repeat.headers.get('idempotency-replayed')).toBe('true');
        const other = await ask(suite(), address, {
          method: 'POST',
          token,
          headers,
          body: { a: 1 },
        });
        expect([other.status, codeOf(other)]).toEqual([422, 'idempotency_key_reused']);
      },
    );
  });

  describe('the history', () => {
    it('has the words of the contract, newest first, and counts what fits', async () => {
      const { token, ids } = suite();
      const { json } = await ask(suite(), '/api/sync/history?status=complete', { token });
      const { syncs, total } = json as { syncs: Record<string, unknown>[]; total: number };
      expect(syncs.map(({ syncId }) => syncId)).toContain(ids.sync);
      expect(total).toBeGreaterThanOrEqual(syncs.length);
      expect(new Set(syncs.map(({ status }) => status))).toEqual(new Set(['complete']));
      const times = syncs.map(({ startedAt }) => String(startedAt));
      expect(times).toEqual([...times].sort().reverse());
      const none = await ask(suite(), '/api/sync/history?limit=1&offset=1000', { token });
      expect((none.json as { syncs: unknown[] }).syncs).toEqual([]);
    });

    it.each(['status=completed', 'limit=0', 'limit=101', 'limit=x', 'offset=-1'])(
      'refuses ?%s with 400',
      async (query) => {
        const { token } = suite();
        expect((await ask(suite(), `/api/sync/history?${query}`, { token })).status).toBe(400);
      },
    );
  });
}
