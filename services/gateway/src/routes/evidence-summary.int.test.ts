import { eventually } from '@recoup/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGatewayUnderTest, type GatewayUnderTest } from '../testing/gateway-under-test.js';

let gateway: GatewayUnderTest;

beforeAll(async () => {
  gateway = await openGatewayUnderTest();
});
afterAll(() => gateway[Symbol.asyncDispose]());

const checked = {
  quantity: 3,
  documents: [],
  amazonCompliance: 'Verified' as const,
  complianceReasons: [],
  successProbability: 0.7,
};

describe('GET /api/evidence/summary', () => {
  it('given claims of every kind, then each open one is counted once, and of nobody else', async () => {
    const [user, other] = [await gateway.newUser(), await gateway.newUser()];
    const ids = await user.seller.claims([{}, {}, {}, {}, {}, {}]);
    await other.seller.claims([{}]);
    const words = ['Available', 'Available', 'Missing', 'Rejected', 'Available'] as const;
    for (const [index, requiredDocuments] of words.entries()) {
      const claimId = ids[index] ?? '';
      await user.seller.onClaim('claim.validated', { claimId, ...checked, requiredDocuments });
    }
    await user.seller.onClaim('claim.dismissed', { claimId: ids[4] ?? '', reason: 'mine' });
    const summary = await eventually(async () => {
      const { status, body } = await user.get('/api/evidence/summary');
      expect(status).toBe(200);
      return body['claims'] === 5 && body['unchecked'] === 1 ? body : false;
    });
    expect(summary).toEqual({
      ...{ claims: 5, available: 2, missing: 1, rejected: 1, unchecked: 1, evidenceHealth: 40 },
    });
  });

  it('given no claim, then zeros', async () => {
    const user = await gateway.newUser();
    const { body } = await user.get('/api/evidence/summary');
    expect(body).toMatchObject({ claims: 0, available: 0, evidenceHealth: 0 });
  });
});
