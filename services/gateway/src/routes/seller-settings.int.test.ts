import { streams } from '@recoup/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  openGatewayUnderTest,
  type GatewayUnderTest,
  type User,
} from '../testing/gateway-under-test.js';

let gateway: GatewayUnderTest;
beforeAll(async () => {
  gateway = await openGatewayUnderTest();
});
afterAll(() => gateway[Symbol.asyncDispose]());

const put = (user: User, body: unknown) =>
  user.ask('/api/settings', {
    ...{ method: 'PUT', body: JSON.stringify(body) },
    headers: { 'content-type': 'application/json' },
  });
const settings = async (user: User): Promise<unknown> =>
  JSON.parse((await user.get('/api/settings')).text);
const written = ({ tenantId }: User) =>
  gateway.store.readStream(tenantId, streams.settings(tenantId));

describe('settings', () => {
  it('given a seller who has chosen nothing, then nothing is learned from its outcomes', async () => {
    expect(await settings(await gateway.newUser())).toEqual({ learnFromOutcomes: false });
  });

  it('given a choice, then it stands for this seller alone, and what is not named stays', async () => {
    const user = await gateway.newUser();
    const on = { learnFromOutcomes: true };
    expect(await put(user, on)).toMatchObject({ status: 200, body: on });
    expect((await put(user, { somethingNew: 1 })).body).toEqual(on);
    expect(await settings(user)).toEqual(on);
    expect(await settings(await gateway.newUser())).toEqual({ learnFromOutcomes: false });
    expect((await put(user, { learnFromOutcomes: false })).body).toEqual({
      learnFromOutcomes: false,
    });
  });

  it('given the same choice again, then nothing is written', async () => {
    const user = await gateway.newUser();
    await put(user, { learnFromOutcomes: false });
    expect(await written(user)).toHaveLength(0);
    await put(user, { learnFromOutcomes: true });
    await put(user, { learnFromOutcomes: true });
    expect(await written(user)).toHaveLength(1);
  });

  it('given something that is no choice, then it is refused', async () => {
    const user = await gateway.newUser();
    expect((await put(user, { learnFromOutcomes: 'yes' })).status).toBe(400);
    expect(await written(user)).toHaveLength(0);
  });
});
