import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { connectOnce } from '../product/event-source.js';
import { followSync } from '../product/index.js';
import { ask } from './ask.js';
import type { Suite } from './suite.js';

const feedFrame = z.strictObject({
  type: z.enum(['sync', 'detection', 'claim', 'evidence', 'refund']),
  status: z.string().min(1),
  /** When it happened: a snapshot is no happening. */
  timestamp: z.iso.datetime().optional(),
  data: z.looseObject({}),
  reset: z.literal(true).optional(),
});

/** The streams, as an event source reads them. */
export function liveCases(suite: () => Suite): void {
  describe('a stream', () => {
    it.each([
      ['the progress of a sync', () => `/api/sse/sync-progress/${suite().ids.sync}`],
      ['the live feed', () => '/api/sse/status'],
    ])('of %s is kept by no cache and held back by no proxy', async (_, address) => {
      const { status, headers } = await ask(suite(), address(), { token: suite().token });
      expect(status).toBe(200);
      expect(headers.get('content-type')).toMatch(/^text\/event-stream/);
      expect(headers.get('cache-control')).toBe('no-cache, no-transform');
      expect(headers.get('x-accel-buffering')).toBe('no');
    });

    it('of a sync that has ended shows its end once, and sends away who comes back for more', async () => {
      const { seller, ids } = suite();
      const { frames, connections } = await followSync(seller, ids.sync);
      expect(frames).toMatchObject([
        { syncId: ids.sync, status: 'complete', progress: 100, message: 'Sync Complete' },
      ]);
      // The second connection brought the id of the last frame, and was answered 204.
      expect(connections).toBe(2);
    });

    it('of what happens begins with how things stand, unnamed and with an id', async () => {
      const seen: { event: string | undefined; id: string | undefined; data: string }[] = [];
      await connectOnce(suite().seller, '/api/sse/status', {
        lastEventId: undefined,
        signal: AbortSignal.timeout(20_000),
        onMessage({ event, id, data }) {
          seen.push({ event, id, data });
          return false;
        },
      });
      expect(seen).toHaveLength(1);
      expect(seen[0]?.event).toBeUndefined();
      expect(seen[0]?.id).toMatch(/^\d+-\d+$/);
      const frame = feedFrame.parse(JSON.parse(seen[0]?.data ?? ''));
      expect(frame).toMatchObject({ type: 'sync', reset: true });
    });
  });
}
