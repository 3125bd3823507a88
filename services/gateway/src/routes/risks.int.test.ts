import { streams, type EventData } from '@recoup/contracts';
import { clearRisk, fromCommand, noteRisk, riskState } from '@recoup/domain';
import { newName } from '@recoup/kernel';
import { eventually } from '@recoup/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  openGatewayUnderTest,
  type GatewayUnderTest,
  type User,
} from '../testing/gateway-under-test.js';
import { riskData } from '../testing/event-data.js';

let gateway: GatewayUnderTest;
beforeAll(async () => {
  gateway = await openGatewayUnderTest();
});
afterAll(() => gateway[Symbol.asyncDispose]());

const cause = () => fromCommand('service:detection', new Date());

/** What detection says of a risk; answers its id. */
async function note(
  { tenantId }: User,
  change: Partial<EventData<'claim.risk_noted'>> = {},
): Promise<string> {
  const { detectionId, ...risk } = riskData({ riskId: newName('risk'), ...change });
  const events = noteRisk(null, risk, { detectionId, cause: cause(), erasedUpTo: 0 });
  const streamId = streams.risk(risk.riskId);
  await gateway.store.append({ tenantId, streamId, expected: 0, events });
  return risk.riskId;
}

async function clear({ tenantId }: User, riskId: string): Promise<void> {
  const streamId = streams.risk(riskId);
  const state = riskState(await gateway.store.readStream(tenantId, streamId));
  if (!state) throw new Error('no such risk');
  const events = clearRisk(state, 'It arrived.', { detectionId: 'detection_2', cause: cause() });
  await gateway.store.append({ tenantId, streamId, expected: state.version, events });
}

async function list(user: User, query = ''): Promise<Record<string, unknown>[]> {
  const { status, text } = await user.get(`/api/risks${query}`);
  expect(status).toBe(200);
  return JSON.parse(text) as Record<string, unknown>[];
}

const shown = (user: User, count: number) =>
  eventually(async () => (await list(user, '?limit=100')).length === count);

describe('what is worth a look', () => {
  it('given a risk, then it is told with its rule and without a value, and no figure of money knows of it', async () => {
    const user = await gateway.connectedUser();
    const id = await note(user);
    await shown(user, 1);
    expect(await list(user)).toEqual([
      expect.objectContaining({
        ...{ id, kind: 'transfer_in_transit', title: 'Long on its way between warehouses' },
        ...{ guaranteedAmount: 0, amountKnown: false, currency: 'USD', quantity: 6 },
        rule: expect.objectContaining({ name: 'transfer-in-transit' }),
      }),
    ]);
    const { body: figures } = await user.get('/api/metrics/recoveries');
    expect(figures).toMatchObject({ totalClaimsFound: 0, valueInProgress: 0, pendingAmount: 0 });
    expect((await user.get('/api/detections/statistics')).body).toMatchObject({
      ...{ count: 0, value: 0, amountUnknownCount: 0 },
      risks: { transfer_in_transit: 1 },
    });
    expect((await user.get('/api/recoveries')).text).toBe('[]');
  });

  it('given several, then pages follow each other, each risk once, and a kind can be asked for', async () => {
    const user = await gateway.connectedUser();
    const ids = [await note(user), await note(user), await note(user)];
    const sign = await note(user, { kind: 'fee_sign', quantity: null, since: null });
    await shown(user, 4);
    expect(await list(user, '?kind=fee_sign')).toMatchObject([
      { id: sign, quantity: null, since: null },
    ]);
    expect(await list(user, '?kind=')).toHaveLength(4);
    expect((await user.get('/api/risks?kind=nothing')).status).toBe(400);
    expect((await user.get('/api/risks?cursor=x')).status).toBe(400);
    const seen: unknown[] = [];
    let address: string | undefined = '/api/risks?limit=3';
    while (address) {
      const page = await user.get(address);
      seen.push(...(JSON.parse(page.text) as { id: string }[]).map(({ id }) => id));
      address = /<(.*)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1];
    }
    expect(seen).toHaveLength(4);
    expect(new Set(seen)).toEqual(new Set([...ids, sign]));
  });

  it('given one that the facts show no more, then it leaves the list', async () => {
    const user = await gateway.connectedUser();
    const [gone, left] = [await note(user), await note(user)];
    await shown(user, 2);
    await clear(user, gone);
    await shown(user, 1);
    expect(await list(user)).toMatchObject([{ id: left }]);
  });

  it('given another seller, then it sees none of them; and erased, nobody does', async () => {
    const [user, stranger] = [await gateway.connectedUser(), await gateway.newUser()];
    await note(user);
    await shown(user, 1);
    expect(await list(stranger)).toEqual([]);
    const gone = await user.post('/api/v1/integrations/disconnect?provider=amazon&purge=1');
    expect(gone.status).toBe(200);
    await shown(user, 0);
  });

  it('given several of one detection, then the activity list has one entry, which counts them', async () => {
    const user = await gateway.connectedUser();
    const detectionId = newName('detection');
    const entries = async () =>
      (
        (await user.get('/api/sync/activity')).body['activities'] as Record<string, unknown>[]
      ).filter(({ type }) => type === 'risks_noted');
    await note(user, { detectionId });
    await eventually(async () => (await entries()).length === 1);
    expect((await entries())[0]?.['message']).toBe(
      'Nothing to claim, but worth a look: Long on its way between warehouses',
    );
    await note(user, { detectionId });
    await note(user, { detectionId });
    await eventually(async () => (await entries())[0]?.['risks'] === 3);
    expect(await entries()).toMatchObject([
      { detectionId, message: 'Nothing to claim, but worth a look: 3 risks' },
    ]);
  });
});
