import type { OwnCalibration } from '@recoup/contracts';
import { eventually } from '@recoup/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGatewayUnderTest, type GatewayUnderTest } from '../testing/gateway-under-test.js';

let gateway: GatewayUnderTest;
beforeAll(async () => {
  gateway = await openGatewayUnderTest();
});
afterAll(() => gateway[Symbol.asyncDispose]());

const OWN: OwnCalibration = {
  slope: 0.8,
  shift: -0.2,
  outcomes: { learned: 60, heldOut: 30 },
  logLoss: { before: 0.52, after: 0.48 },
  since: '2026-11-01T10:00:00.000Z',
};

describe('given a score that the seller’s own outcomes move', () => {
  it('then the case page says by how much, from how many, and since when; of others that nothing does', async () => {
    const user = await gateway.newUser();
    const score = { modelVersion: 'm', confidence: 0.7, intercept: 0.4, contributions: [] };
    const [moved = '', plain = ''] = await user.seller.claims([
      { score: { ...score, own: OWN } },
      { score },
    ]);
    const explained = async (id: string) =>
      (await user.get(`/api/recoveries/${id}`)).body['explanation'];
    await eventually(async () => (await explained(plain)) !== undefined);
    expect(await explained(moved)).toMatchObject({ ownOutcomes: OWN, modelVersion: 'm' });
    expect(await explained(plain)).toMatchObject({ ownOutcomes: null });
  });
});
