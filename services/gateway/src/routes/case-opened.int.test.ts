import { eventually } from '@recoup/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Client } from '../testing/client.js';
import { pdf, readFile, uploaded } from '../testing/documents.js';
import {
  openGatewayUnderTest,
  type GatewayUnderTest,
  type User,
} from '../testing/gateway-under-test.js';
import { sessionToken } from '../testing/session-token.js';

let gateway: GatewayUnderTest;
beforeAll(async () => {
  gateway = await openGatewayUnderTest();
});
afterAll(() => gateway[Symbol.asyncDispose]());

async function operator(): Promise<Client> {
  const token = await sessionToken({ sub: 'an operator', roles: ['operator'] });
  return new Client(gateway.origin, { session_token: token });
}

/** A claim in the filing queue, and the document that was given for it and read. */
async function queuedCase(text: string) {
  const user = await gateway.newUser();
  const [claimId = ''] = await user.seller.claims([{}]);
  const documentId = await uploaded(user, text, claimId);
  await readFile(gateway.store, user, { id: documentId });
  const check = { type: 'supplier_invoice', status: 'Available', source: 'seller', reasons: [] };
  await user.seller.onClaim('claim.validated', {
    ...{ claimId, quantity: 1, requiredDocuments: 'Available', amazonCompliance: 'Verified' },
    ...{ complianceReasons: [], successProbability: 0.9 },
    documents: [{ ...check, given: [documentId] }],
  } as never);
  await user.seller.onClaim('claim.queued_for_filing', { claimId });
  return { user, claimId, documentId };
}

interface Act {
  readonly act: string;
  readonly actor: string;
  readonly claimId: string;
  readonly details: string;
}

async function openings(user: User): Promise<Act[]> {
  const { text } = await user.get('/api/audit?limit=100');
  return (JSON.parse(text) as Act[]).filter(({ act }) => act === 'case_opened');
}

it('given a queued case, when an operator opens its packet and files, then the seller sees who opened what', async () => {
  const { user, claimId, documentId } = await queuedCase('an invoice of somebody');
  const anybody = await operator();
  const [entry] = await eventually(async () => {
    const { text } = await anybody.get('/api/filing-queue?limit=100');
    const { claims } = JSON.parse(text) as {
      claims: { id: string; packet: string; documents: string[] }[];
    };
    const mine = claims.filter(({ id }) => id === claimId);
    return mine.length > 0 && mine;
  });
  expect(entry?.documents).toEqual([`/api/documents/${documentId}/view`]);
  expect((await anybody.get(entry?.packet ?? '')).status).toBe(200);
  const download = await anybody.fetch(`/api/documents/${documentId}/download`);
  expect(Buffer.from(await download.arrayBuffer()).equals(pdf('an invoice of somebody'))).toBe(
    true,
  );
  expect((await anybody.get(entry?.documents[0] ?? '')).status).toBe(200);
  const seen = await eventually(async () => {
    const acts = await openings(user);
    return acts.length === 3 && acts;
  });
  expect(seen.map(({ details }) => details).sort()).toEqual([
    `Opened document ${documentId}`,
    `Opened document ${documentId}`,
    'Opened the case packet',
  ]);
  for (const act of seen) expect(act).toMatchObject({ actor: 'operator:an operator', claimId });
});

it('given a document of no case, then no operator sees it, and nothing is noted', async () => {
  const user = await gateway.newUser();
  const documentId = await uploaded(user, 'given for nothing');
  await readFile(gateway.store, user, { id: documentId });
  const anybody = await operator();
  for (const how of ['view', 'download']) {
    expect((await anybody.get(`/api/documents/${documentId}/${how}`)).status).toBe(404);
  }
  expect(await openings(user)).toEqual([]);
});

it('given a case, then another seller sees neither packet nor files, and the seller’s own looks are not noted', async () => {
  const { user, claimId, documentId } = await queuedCase('for one seller alone');
  const other = await gateway.newUser();
  const addresses = [
    `/api/recoveries/${claimId}/document`,
    `/api/documents/${documentId}/view`,
    `/api/documents/${documentId}/download`,
  ];
  for (const address of addresses) {
    expect((await other.get(address)).status).toBe(404);
    expect((await user.get(address)).status).toBe(200);
  }
  const anybody = await operator();
  for (const address of [`/api/documents/${documentId}`, `/api/recoveries/${claimId}`]) {
    expect((await anybody.get(address)).status).toBe(404);
  }
  expect(await openings(user)).toEqual([]);
});
