import { eventually } from '@recoup/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claimData, promptData, UNKNOWN_VALUE } from '../testing/event-data.js';
import {
  openGatewayUnderTest,
  type GatewayUnderTest,
  type User,
} from '../testing/gateway-under-test.js';
import { whileHeldUp } from '../testing/projector-hold.js';

const HOSTILE = `<script>alert("x")</script>`;
const subject = { ...claimData().subject, productName: HOSTILE };
const validated = {
  quantity: 3,
  requiredDocuments: 'Missing',
  documents: [{ type: 'supplier_invoice', status: 'Missing', reasons: ['The cost is unknown.'] }],
  amazonCompliance: 'Verified',
  complianceReasons: [],
  successProbability: 0.7,
} as const;
const prompt = promptData();

let gateway: GatewayUnderTest;

beforeAll(async () => {
  gateway = await openGatewayUnderTest();
});
afterAll(() => gateway[Symbol.asyncDispose]());

/** A claim of unknown value whose seller is asked a question. */
async function askedClaim(user: User): Promise<string> {
  const allocation = [
    { kind: 'lost', day: '2026-08-20', quantity: 5, reference: '734', facility: 'PHX7' } as const,
    { kind: 'found', day: '2026-08-29', quantity: 2, reference: '735', facility: null } as const,
  ];
  const sources = [{ kind: 'ledger', key: '0f3a' }];
  const [claimId = ''] = await user.seller.claims([
    { subject, value: UNKNOWN_VALUE, tier: 'prompt', allocation, sources },
  ]);
  await user.seller.onClaim('claim.validated', {
    claimId,
    ...validated,
    documents: [...validated.documents].map((document) => ({
      ...document,
      reasons: ['The cost is unknown.'],
    })),
    complianceReasons: [],
  });
  await user.seller.onClaim('claim.review_prompted', { claimId, prompt });
  return claimId;
}

describe('GET /api/recoveries/:id', () => {
  it('given a claim, then all that is known of it, and nothing that is not', async () => {
    const user = await gateway.newUser();
    const id = await askedClaim(user);
    const { status, body } = await user.get(`/api/recoveries/${id}`);
    expect(status).toBe(200);
    const { events, policy, commands, ...rest } = body;
    expect(commands).toMatchObject([
      {
        action: 'answer',
        method: 'POST',
        path: `/api/recoveries/${id}/answer`,
        contentType: 'application/json',
        body: { required: ['answer'], properties: { promptId: { const: prompt.id } } },
      },
      {
        action: 'upload',
        path: `/api/recoveries/${id}/documents/upload`,
        contentType: 'multipart/form-data',
        documentTypes: ['supplier_invoice'],
      },
      { action: 'outcome', path: `/api/recoveries/${id}/outcome` },
      { action: 'dismiss', path: `/api/recoveries/${id}/dismiss` },
    ]);
    expect(policy).toEqual(claimData().policy);
    expect((events as { title: string }[]).map(({ title }) => title)).toEqual([
      'Claim detected',
      'Evidence checked',
      'Your answer is needed',
    ]);
    expect(rest).toEqual({
      id,
      title: `Lost inventory: 3 units of ${HOSTILE}`,
      status: 'Awaiting Approval',
      submission_status: 'draft',
      type: 'Lost Inventory',
      claimType: 'lost_inventory',
      subtype: 'lost_warehouse',
      tier: 'prompt',
      guaranteedAmount: 0,
      amountKnown: false,
      currency: 'USD',
      approvedAmount: null,
      paidAmount: 0,
      payments: [],
      reversals: [],
      expectedPayoutDate: null,
      createdDate: '2026-11-01T00:00:00.000Z',
      lossDate: '2026-08-20',
      opensOn: '2026-08-20',
      deadline: '2026-10-19',
      amazonCaseId: null,
      orderId: null,
      sku: 'BOTTLE-750',
      asin: 'B0EXAMPLE1',
      fnsku: 'X0018FNSKU',
      productName: HOSTILE,
      facility: 'PHX7',
      shipmentId: null,
      removalOrderId: null,
      reimbursementId: null,
      confidence: 91,
      unitsLost: 3,
      unitCost: 0,
      unitCostKnown: false,
      approval_reason: null,
      rejection_reason: null,
      evidence_complete: false,
      actions: ['answer', 'upload', 'outcome', 'dismiss'],
      waiting: { for: 'answer', message: prompt.question, since: null, until: null },
      prompt,
      reviewReasons: [],
      evidence: {
        requiredDocuments: validated.documents,
        amazonCompliance: 'Verified',
        complianceReasons: [],
        successProbability: 0.7,
      },
      explanation: {
        modelVersion: 'warehouse-1',
        intercept: 0,
        contributions: [],
        calibration: null,
        ownOutcomes: null,
        freshness: { readUntil: null },
        sources: [{ kind: 'ledger', key: '0f3a' }],
        allocation: [
          { kind: 'lost', day: '2026-08-20', quantity: 5, reference: '734', facility: 'PHX7' },
          { kind: 'found', day: '2026-08-29', quantity: 2, reference: '735', facility: null },
        ],
      },
    });
  });

  it('given a claim that was approved and paid, then sums, days and reasons', async () => {
    const user = await gateway.newUser();
    const [claimId = ''] = await user.seller.claims([{}]);
    const path = `/api/recoveries/${claimId}`;
    await user.seller.onClaim('claim.approved', {
      claimId,
      amazonCaseId: '159',
      source: 'person',
      reason: null,
      amount: { amount: '22.50', currency: 'USD' },
      expectedOn: '2026-12-01',
    });
    expect((await user.get(path)).body).toMatchObject({
      status: 'Under Review',
      submission_status: 'approved',
      amazonCaseId: '159',
      approvedAmount: 22.5,
      expectedPayoutDate: '2026-12-01',
      approval_reason: 'Amazon approved the claim: 22.50 USD.',
    });
    await user.seller.onClaim('claim.paid', {
      claimId,
      reference: 'R-1',
      paidOn: '2026-12-02',
      amount: { amount: '22.50', currency: 'USD' },
      unitsInKind: 0,
    });
    expect((await user.get(path)).body).toMatchObject({
      status: 'Paid Out',
      submission_status: 'paid',
      paidAmount: 22.5,
      payments: [{ date: '2026-12-02', reference: 'R-1', amount: 22.5, currency: 'USD' }],
    });
    expect((await user.get(`${path}/status`)).body).toMatchObject({
      id: claimId,
      status: 'Paid Out',
      submission_status: 'paid',
      expected_payout_date: '2026-12-01',
      amazonCaseId: '159',
    });
  });

  it('given a claim that was withdrawn, then no list has it and its page does', async () => {
    const user = await gateway.newUser();
    const [claimId = ''] = await user.seller.claims([{}]);
    const data = { claimId, detectionId: 'detection_2', reason: 'found' };
    await user.seller.onClaim('claim.withdrawn', data);
    await eventually(async () => (await user.get('/api/recoveries')).text === '[]');
    expect((await user.get(`/api/recoveries/${claimId}`)).body).toMatchObject({
      status: 'Withdrawn',
      actions: [],
    });
  });

  it('given read models that stand still, then it shows what the log has beyond them', async () => {
    const user = await gateway.newUser();
    await whileHeldUp(gateway, async () => {
      const [claimId = ''] = await user.seller.claims([{}]);
      const path = `/api/recoveries/${claimId}`;
      expect((await user.get(path)).body).toMatchObject({ status: 'Guaranteed' });
      await user.seller.onClaim('claim.dismissed', { claimId, reason: 'mine' });
      expect((await user.get(path)).body).toMatchObject({ status: 'Awaiting Approval' });
      expect((await user.get('/api/recoveries')).text).toBe('[]');
    });
  });

  it('given a seller who asked to be forgotten, then the claim is as unknown as any', async () => {
    const user = await gateway.connectedUser();
    const [claimId = ''] = await user.seller.claims([{}]);
    const path = `/api/recoveries/${claimId}`;
    expect((await user.get(path)).status).toBe(200);
    await user.post('/api/v1/integrations/disconnect?provider=amazon&purge=1');
    await eventually(async () => (await user.get('/api/recoveries')).text === '[]');
    expect((await user.get(path)).status).toBe(404);
    expect((await user.get(`${path}/document`)).status).toBe(404);
  });

  it('given ids that are unknown, impossible or another’s, then one and the same 404', async () => {
    const [user, other] = [await gateway.newUser(), await gateway.newUser()];
    const [theirs = ''] = await other.seller.claims([{}]);
    const ids = [theirs, 'claim_none', '%00', '..%2f..', "'--", 'x'.repeat(300)];
    for (const id of ids) {
      for (const part of ['', '/status', '/document']) {
        const { status, body } = await user.get(`/api/recoveries/${id}${part}`);
        const { requestId: _, ...said } = body;
        expect({ id, status, said }).toEqual({
          id,
          status: 404,
          said: { error: 'Not found', message: 'Not found', code: 'not_found' },
        });
      }
    }
  });
});
