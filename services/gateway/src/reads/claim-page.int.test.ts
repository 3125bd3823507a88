import { eventually } from '@recoup/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  openGatewayUnderTest,
  type GatewayUnderTest,
  type User,
} from '../testing/gateway-under-test.js';
import { whileHeldUp } from '../testing/projector-hold.js';

let gateway: GatewayUnderTest;

beforeAll(async () => {
  gateway = await openGatewayUnderTest();
});
afterAll(() => gateway[Symbol.asyncDispose]());

/** The words of the claims in a list, by their ids. */
async function listed(user: User, query = ''): Promise<Record<string, string>> {
  const claims = JSON.parse((await user.get(`/api/recoveries${query}`)).text) as {
    id: string;
    status: string;
  }[];
  return Object.fromEntries(claims.map(({ id, status }) => [id, status]));
}

describe('the list of claims, while read models lag behind the log', () => {
  it('given what happened since, then each claim is shown as it stands, where it belongs', async () => {
    const user = await gateway.newUser();
    const [filed = '', gone = '', same = ''] = await user.seller.claims([{}, {}, {}]);
    await eventually(async () => Object.keys(await listed(user)).length === 3);
    await whileHeldUp(gateway, async () => {
      await user.seller.onClaim('claim.submitted', {
        claimId: filed,
        channel: 'sandbox',
        amazonCaseId: 'CASE-1',
        submittedAt: '2026-11-20T10:00:00Z',
      });
      const detectionId = 'detection_2';
      await user.seller.onClaim('claim.withdrawn', { claimId: gone, detectionId, reason: 'found' });
      expect(await listed(user)).toEqual({ [filed]: 'Submitted', [same]: 'New' });
      expect(await listed(user, '?status=New')).toEqual({ [same]: 'New' });
    });
    expect(await listed(user)).toEqual({ [filed]: 'Submitted', [same]: 'New' });
  });
});
