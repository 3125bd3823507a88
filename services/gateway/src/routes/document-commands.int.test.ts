import { streams } from '@recoup/contracts';
import { eventOf, fromCommand } from '@recoup/domain';
import { eventually } from '@recoup/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fields, json, line, pdf, readFile, send, uploaded, word } from '../testing/documents.js';
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

const read = (user: User, id: string, kind?: 'pro_forma') =>
  readFile(gateway.store, user, { id, ...(kind && { kind }) });

describe('given a person’s word', () => {
  it('then it stands, costs are taken over where asked, and it is found by its words', async () => {
    const user = await gateway.newUser();
    const id = await uploaded(user, 'invoice');
    const early = await user.post(`/api/documents/${id}/confirm`, json(word));
    expect(early).toMatchObject({ status: 409, body: { code: 'document_processing' } });
    await read(user, id);
    const useCosts = true;
    const confirmed = await user.post(`/api/documents/${id}/confirm`, json({ ...word, useCosts }));
    expect(confirmed.body).toMatchObject({
      status: 'verified',
      kind: 'invoice',
      confirmed: true,
      linkedSKUs: ['MUG-BLUE'],
      costsChanged: 1,
    });
    expect((await user.get('/api/costs')).text).toBe(
      JSON.stringify([
        { sku: 'MUG-BLUE', unit_cost: 3.4, currency: 'EUR', effective_from: '2026-08-03' },
      ]),
    );
    const search = (q: string) =>
      user.get(`/api/v1/integrations/evidence/search?q=${encodeURIComponent(q)}`);
    for (const q of ['keramik', 'MUG-BLUE', 'r-77', 'Kera mug']) {
      expect((await search(q)).body['results']).toMatchObject([{ id, title: 'invoice.pdf' }]);
    }
    for (const q of ['', 'nothing', "'", '<->', 'mug & !', 'keramik zzz']) {
      expect((await search(q)).body['results'], q).toEqual(
        q === 'mug & !' ? [expect.anything()] : [],
      );
    }
  });

  it('then it makes no invoice of a pro-forma', async () => {
    const user = await gateway.newUser();
    const id = await uploaded(user, 'pro-forma');
    await read(user, id, 'pro_forma');
    const answer = await user.post(`/api/documents/${id}/confirm`, json(word));
    expect(answer).toMatchObject({ status: 422, body: { code: 'heading_differs' } });
    expect((await user.get(`/api/documents/${id}`)).body['status']).toBe('action-required');
  });

  it.each([
    [{ kind: 'unreadable' }],
    [{ ...word, fields: { ...fields, currency: 'euro' } }],
    [{ ...word, fields: { ...fields, issuedOn: '03/08/2026' } }],
    [{ ...word, fields: { ...fields, lines: [{ ...line, quantity: -1 }] } }],
    [{ ...word, fields: { ...fields, lines: [{ ...line, unitCost: '3,40' }] } }],
    [{ ...word, fields: { ...fields, number: 'a\u0000b' } }],
  ])('then nonsense is refused: %j', async (body) => {
    const user = await gateway.newUser();
    const id = await uploaded(user, 'nonsense');
    await read(user, id);
    expect((await user.post(`/api/documents/${id}/confirm`, json(body))).status).toBe(400);
  });
});

describe('given a document that is taken back', () => {
  it('then it is gone, and the same file can be given anew', async () => {
    const user = await gateway.newUser();
    const id = await uploaded(user, 'gone');
    await read(user, id);
    expect((await user.ask(`/api/documents/${id}`, { method: 'DELETE' })).body).toEqual({
      ok: true,
    });
    for (const path of ['', '/view', '/download']) {
      expect((await user.get(`/api/documents/${id}${path}`)).status).toBe(404);
    }
    expect((await user.get('/api/documents')).text).toBe('[]');
    expect(await uploaded(user, 'gone')).toBe(id);
    expect((await user.get('/api/documents')).text).toContain(id);
  });

  it('when a filed claim rests on it, then it stays', async () => {
    const user = await gateway.connectedUser();
    const [claimId = ''] = await user.seller.claims([{}]);
    const id = await uploaded(user, 'rests');
    await user.seller.onClaim('claim.validated', {
      claimId,
      quantity: 1,
      requiredDocuments: 'Available',
      documents: [{ type: 'inbound_invoice', status: 'Available', reasons: [], given: [id] }],
      amazonCompliance: 'Verified',
      complianceReasons: [],
      successProbability: 0.9,
    });
    await user.seller.onClaim('claim.queued_for_filing', { claimId });
    await eventually(async () => {
      const answer = await user.ask(`/api/documents/${id}`, { method: 'DELETE' });
      return answer.status === 409 && answer.body['code'] === 'document_in_use';
    });
  });
});

describe('given another seller, then every address of a document is unknown', () => {
  it('as is a claim that is not theirs to upload to', async () => {
    const [owner, other] = [await gateway.connectedUser(), await gateway.newUser()];
    const [claimId = ''] = await owner.seller.claims([{}]);
    const id = await uploaded(owner, 'secret keramik');
    await read(owner, id);
    const asked = await Promise.all([
      other.get(`/api/documents/${id}`),
      other.get(`/api/documents/${id}/view`),
      other.get(`/api/documents/${id}/download`),
      other.post(`/api/documents/${id}/confirm`, json(word)),
      other.ask(`/api/documents/${id}`, { method: 'DELETE' }),
      send(other, [['x.pdf', pdf('x')]], { to: claimId }),
    ]);
    expect(asked.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 404]);
    expect((await other.get('/api/documents')).text).toBe('[]');
    const found = await other.get('/api/v1/integrations/evidence/search?q=keramik');
    expect(found.body).toEqual({ results: [] });
  });
});

describe('given a seller who asks to be forgotten', () => {
  it('then what was given is unknown, and what is given since has another key', async () => {
    const user = await gateway.connectedUser();
    const id = await uploaded(user, 'before');
    await read(user, id);
    const wish = { sellingPartnerId: 'A1', purge: true };
    const cause = fromCommand('user:x', new Date());
    await gateway.store.append({
      tenantId: user.tenantId,
      streamId: streams.connection(user.tenantId),
      expected: 'any',
      events: [eventOf('sync.amazon_disconnected', wish, { cause })],
    });
    expect((await user.get(`/api/documents/${id}/download`)).status).toBe(404);
    await eventually(async () => (await user.get('/api/documents')).text === '[]');
    expect(await uploaded(user, 'before')).toBe(id);
    const events = await gateway.store.readStream(user.tenantId, streams.document(id));
    const generations = events.flatMap((event) =>
      event.type === 'claim.document_uploaded' ? [event.data.generation] : [],
    );
    expect(generations).toEqual([0, expect.any(Number)]);
    expect(generations[1]).toBeGreaterThan(0);
  });
});

it('given no storage, then uploads are not offered', async () => {
  const without = { STORAGE_URL: '', DOCUMENT_ENCRYPTION_KEY: '' };
  await using bare = await openGatewayUnderTest(without);
  const user = await bare.newUser();
  expect(await send(user, [['a.pdf', pdf('a')]])).toMatchObject({
    status: 501,
    body: { code: 'not_offered' },
  });
});
