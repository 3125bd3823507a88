import { streams, type EventData, type EventType } from '@recoup/contracts';
import { eventOf, fromCommand } from '@recoup/domain';
import { addDays, dayIn } from '@recoup/kernel';
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

const today = dayIn('America/Los_Angeles', new Date());
const open = { lossDay: today, opensOn: today, deadline: addDays(today, 50) };

async function deniedClaim(user: User): Promise<string> {
  const [claimId = ''] = await user.seller.claims([open]);
  const said = { amazonCaseId: '159', source: 'person', reason: 'No invoice.' } as const;
  await user.seller.onClaim('claim.denied', { claimId, ...said });
  return claimId;
}

const file = { documentId: 'document_1', fileId: 'file_1' };

async function onDocument<T extends EventType>(
  { tenantId }: User,
  type: T,
  data: EventData<T>,
): Promise<void> {
  const event = eventOf<EventType>(type, data, {
    cause: fromCommand('service:testing', new Date()),
  });
  const streamId = `document-${tenantId}`;
  await gateway.store.append({ tenantId, streamId, expected: 'any', events: [event] });
}

async function giveDocument(user: User, forClaim: string): Promise<void> {
  await onDocument(user, 'claim.document_uploaded', {
    ...{ ...file, generation: 0, name: 'invoice.pdf', mediaType: 'application/pdf', size: 1 },
    ...{ sha256: 'a'.repeat(64), forClaim },
  });
}

async function readDocument(user: User): Promise<void> {
  const nothing = { number: null, issuedOn: null, currency: null, supplier: null, buyer: null };
  await onDocument(user, 'claim.document_read', {
    ...{ ...file, kind: 'invoice', pages: 1, found: {}, remarks: [] },
    fields: { ...nothing, lines: [] },
  });
}

const resubmit = (user: User, claimId: string) => user.post(`/api/recoveries/${claimId}/resubmit`);

describe('POST /api/recoveries/:id/resubmit', () => {
  it('given a document since the denial, then the claim is on its way once, and its history tells both', async () => {
    const user = await gateway.newUser();
    const claimId = await deniedClaim(user);
    await giveDocument(user, claimId);
    expect((await resubmit(user, claimId)).body['code']).toBe('new_evidence_needed');
    await readDocument(user);
    expect(await resubmit(user, claimId)).toMatchObject({
      status: 200,
      body: { status: 'Submitted', submission_status: 'submitted' },
    });
    expect((await resubmit(user, claimId)).body['code']).toBe('not_denied');
    const story = (await user.seller.claimEvents(claimId)).map(({ type }) => type);
    expect(story).toEqual(['claim.detected', 'claim.denied', 'claim.resubmission_authorized']);
    const { body } = await user.get(`/api/recoveries/${claimId}`);
    expect(body).toMatchObject({ amazonCaseId: null, rejection_reason: null });
    expect((body['events'] as { title: string }[]).map(({ title }) => title)).toEqual([
      ...['Claim detected', 'Denied', 'Document given', 'You said to file it anew'],
    ]);
  });

  it('given a document from before, for another claim, or removed again, then it is told that none is new', async () => {
    const user = await gateway.newUser();
    const [other = ''] = await user.seller.claims([open]);
    const claimId = await deniedClaim(user);
    await giveDocument(user, other);
    await readDocument(user);
    expect(await resubmit(user, claimId)).toMatchObject({
      status: 422,
      body: { code: 'new_evidence_needed', missing: ['new_document'] },
    });
    await giveDocument(user, claimId);
    await onDocument(user, 'claim.document_removed', file);
    expect((await resubmit(user, claimId)).body['code']).toBe('new_evidence_needed');
  });

  it('given the document of another seller, then it is of no use', async () => {
    const [user, other] = [await gateway.newUser(), await gateway.newUser()];
    const claimId = await deniedClaim(user);
    await giveDocument(other, claimId);
    await readDocument(other);
    expect((await resubmit(user, claimId)).body['code']).toBe('new_evidence_needed');
    expect((await resubmit(other, claimId)).status).toBe(404);
    const streamId = streams.claim(claimId);
    expect(await gateway.store.readStream(other.tenantId, streamId)).toEqual([]);
  });
});
