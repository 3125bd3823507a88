import { openEventStore } from '@recoup/event-store';
import { rebuildProjection } from '@recoup/projections';
import { expect, it } from 'vitest';
import { openOwnerPool } from './adapters/owner-pool.js';
import { projections } from './projections/index.js';
import { openGatewayUnderTest } from './testing/gateway-under-test.js';

it('given every read model rebuilt while the gateway runs, then it answers as before, and shows what comes', async () => {
  await using gateway = await openGatewayUnderTest();
  const user = await gateway.connectedUser();
  const syncId = await user.seller.request();
  await user.seller.complete(syncId);
  const [claimId = ''] = await user.seller.claims([{}, {}]);
  const asked = ['recoveries', 'metrics/recoveries', 'sync/history', 'detections/statistics'];
  const answers = () =>
    Promise.all(asked.map(async (path) => (await user.get(`/api/${path}`)).text));
  await expect
    .poll(async () => (await user.get('/api/detections/statistics')).body, { timeout: 20_000 })
    .toMatchObject({ count: 2 });
  const before = await answers();
  const pool = openOwnerPool(gateway.database.adminUrl);
  for (const projection of projections) {
    await rebuildProjection({ pool, store: openEventStore(pool), projection });
  }
  await pool.end();
  expect(await answers()).toEqual(before);
  expect((await user.post(`/api/recoveries/${claimId}/dismiss`)).status).toBe(200);
  expect((await user.get('/api/detections/statistics')).body).toMatchObject({ count: 1 });
}, 120_000);
