import { readdir } from 'node:fs/promises';
import { streams } from '@recoup/contracts';
import { eventually } from '@recoup/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idsIn, json, pdf, readFile, send, uploaded, type Sent } from '../testing/documents.js';
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

describe('given files that Amazon takes', () => {
  it('then they are kept, sealed, and shown once they were looked into', async () => {
    const user = await gateway.newUser();
    const bytes = pdf('what nobody else may read');
    const answer = await send(user, [['../Rechnung \u202E5.pdf', bytes]]);
    const [id = ''] = idsIn(answer);
    expect(answer.body).toEqual({
      documents: [{ id, name: 'Rechnung 5.pdf', status: 'processing' }],
    });
    expect((await user.get(`/api/documents/${id}/view`)).body).toMatchObject({
      code: 'document_processing',
    });
    await read(user, id);
    const download = await user.fetch(`/api/documents/${id}/download`);
    expect(Buffer.from(await download.arrayBuffer()).equals(bytes)).toBe(true);
    expect(Object.fromEntries(download.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="Rechnung 5.pdf"; filename*=UTF-8''Rechnung%205.pdf`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    expect(download.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/);
    const view = await user.get(`/api/documents/${id}/view`);
    expect(view.headers.get('content-disposition')).toMatch(/^inline/);
    const names = await readdir(gateway.storage, { recursive: true });
    expect(names.some((name) => /Rechnung|user-/.test(name))).toBe(false);
  });

  it('when the same bytes come again, then they are the same document, of each tenant its own', async () => {
    const [one, other] = [await gateway.newUser(), await gateway.newUser()];
    const first = await uploaded(one, 'same');
    const again = await send(one, [
      ['copy.pdf', pdf('same')],
      ['same.pdf', pdf('same')],
    ]);
    expect(idsIn(again)).toEqual([first, first]);
    expect(await uploaded(other, 'same')).not.toBe(first);
    const { length } = await gateway.store.readStream(one.tenantId, streams.document(first));
    expect(length).toBe(1);
  });

  it('when many send the same at once, then all are answered with one document', async () => {
    const user = await gateway.newUser();
    const answers = await Promise.all([1, 2, 3, 4].map(() => uploaded(user, 'at once')));
    expect(new Set(answers).size).toBe(1);
    const events = await gateway.store.readStream(user.tenantId, streams.document(answers[0]!));
    expect(events).toHaveLength(1);
  });

  it('when a key is used again, then the first answer comes again, and other files are refused', async () => {
    const user = await gateway.newUser();
    const first = await send(user, [['a.pdf', pdf('a')]], { key: 'k1' });
    const again = await send(user, [['a.pdf', pdf('a')]], { key: 'k1' });
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    const other = await send(user, [['a.pdf', pdf('b')]], { key: 'k1' });
    expect(other.body).toMatchObject({ code: 'idempotency_key_reused' });
  });

  it('when they are for a claim, then its page tells of them', async () => {
    const user = await gateway.connectedUser();
    const [claimId = ''] = await user.seller.claims([{}]);
    await eventually(async () => (await user.get(`/api/recoveries/${claimId}`)).status === 200);
    const id = await uploaded(user, 'for a claim', claimId);
    expect((await user.get(`/api/documents/${id}`)).body['claims']).toEqual([claimId]);
    const { body } = await user.get(`/api/recoveries/${claimId}`);
    expect(body['events']).toContainEqual(
      expect.objectContaining({ title: 'Document given', description: 'for a claim.pdf.' }),
    );
  });
});

describe('given what is not taken, then nothing of the request is kept', () => {
  it.each<[string, number, string, readonly Sent[]]>([
    ['a drawing', 415, 'unsupported_type', [['x.pdf', Buffer.from('<svg onload="alert(1)"/>')]]],
    [
      'a script in one of two',
      422,
      'unsafe_file',
      [
        ['good.pdf', pdf('g')],
        ['bad.pdf', pdf('<< /S /JavaScript >>')],
      ],
    ],
    ['a file too large', 413, 'body_too_large', [['x.pdf', Buffer.alloc(10 * 1024 * 1024 + 1)]]],
    [
      'too much together',
      413,
      'body_too_large',
      [1, 2, 3].map((n) => [`${n}.pdf`, Buffer.alloc(9 * 1024 * 1024)] as const),
    ],
    [
      'too many files',
      413,
      'body_too_large',
      Array.from({ length: 11 }, (_, n) => [`${n}.pdf`, pdf('many')] as const),
    ],
    ['no file', 400, 'no_file', []],
  ])('%s', async (...[, status, code, files]) => {
    const user = await gateway.newUser();
    const answer = await send(user, files);
    expect(answer).toMatchObject({ status, body: { code } });
    expect((await user.get('/api/documents')).text).toBe('[]');
  });

  it('a body that is no form', async () => {
    const user = await gateway.newUser();
    expect((await user.post('/api/documents/upload', json({}))).status).toBe(415);
    expect((await user.post('/api/documents/upload')).status).toBe(415);
  });
});
