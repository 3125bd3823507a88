import { testClock } from '@recoup/testkit';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openAccessTokens, type TokenOwner } from './access-tokens.js';
import { ApplicationRefused, ReauthorizationRequired } from './errors.js';

const OWNER: TokenOwner = { sellerId: 'A1', tenantId: 'T1' };

let server: Server;
let endpoint: string;
let asked: URLSearchParams[];
let answer: { status: number; body: unknown };

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      asked.push(new URLSearchParams(body));
      response.writeHead(answer.status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/auth/o2/token`;
});

afterAll(() => server.close());

beforeEach(() => {
  asked = [];
  answer = {
    status: 200,
    body: { access_token: 'Atza|1', token_type: 'bearer', expires_in: 3600 },
  };
});

/** A promise, with its ends in hand. */
function openLater() {
  let resolve: (refreshToken: string) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<string>((kept, broken) => {
    resolve = kept;
    reject = broken;
  });
  return { promise, resolve, reject };
}

function open() {
  const clock = testClock('2026-01-01T00:00:00Z');
  const lwa = { endpoint, clientId: 'id', clientSecret: 'secret' };
  const stored = { version: 3 };
  const refreshTokenOf = vi.fn(({ sellerId, tenantId }: TokenOwner) =>
    Promise.resolve(`Atzr|${sellerId}|${tenantId}`),
  );
  const consentOf = (owner: TokenOwner) =>
    Promise.resolve({ ...stored, refreshToken: () => refreshTokenOf(owner) });
  return { clock, stored, refreshTokenOf, tokens: openAccessTokens({ lwa, clock, consentOf }) };
}

describe('access tokens', () => {
  it('given many callers at once, then one request in the form that OAuth defines', async () => {
    const { tokens } = open();
    const got = await Promise.all(Array.from({ length: 20 }, () => tokens.get(OWNER)));
    expect(new Set(got)).toEqual(new Set(['Atza|1']));
    expect(asked.map((form) => Object.fromEntries(form))).toEqual([
      {
        grant_type: 'refresh_token',
        refresh_token: 'Atzr|A1|T1',
        client_id: 'id',
        client_secret: 'secret',
      },
    ]);
  });

  it('given a token of an hour, then it is renewed five minutes before its end and not earlier', async () => {
    const { clock, tokens } = open();
    await tokens.get(OWNER);
    clock.advance(54 * 60_000);
    await tokens.get(OWNER);
    expect(asked).toHaveLength(1);
    clock.advance(60_000);
    await tokens.get(OWNER);
    expect(asked).toHaveLength(2);
  });

  it('given a token that Amazon refused, then it is dropped, and one that came meanwhile is not', async () => {
    const { tokens } = open();
    const refused = await tokens.get(OWNER);
    tokens.drop(OWNER, refused);
    answer = { status: 200, body: { access_token: 'Atza|2', expires_in: 3600 } };
    expect(await tokens.get(OWNER)).toBe('Atza|2');
    tokens.drop(OWNER, refused);
    await tokens.get(OWNER);
    expect(asked).toHaveLength(2);
  });

  it('given a seller who moved to another tenant, then the token of the first is never given to the second', async () => {
    const { tokens } = open();
    expect(await tokens.get(OWNER)).toBe('Atza|1');
    answer = { status: 200, body: { access_token: 'Atza|2', expires_in: 3600 } };
    expect(await tokens.get({ sellerId: 'A1', tenantId: 'T2' })).toBe('Atza|2');
    expect(asked.map((form) => form.get('refresh_token'))).toEqual(['Atzr|A1|T1', 'Atzr|A1|T2']);
  });

  it('given a consent that is renewed while its token is being asked for, then nobody gets that token', async () => {
    const { tokens, refreshTokenOf } = open();
    const old = openLater();
    refreshTokenOf.mockImplementationOnce(() => old.promise);
    const before = tokens.get(OWNER);
    await vi.waitFor(() => expect(refreshTokenOf).toHaveBeenCalledOnce());
    tokens.forget('A1');
    const after = tokens.get(OWNER);
    expect(await after).toBe('Atza|1');
    answer = { status: 200, body: { access_token: 'Atza|old', expires_in: 3600 } };
    old.resolve('Atzr|old');
    expect(await before).toBe('Atza|1');
    expect(await tokens.get(OWNER)).toBe('Atza|1');
    expect(asked.map((form) => form.get('refresh_token'))).toEqual(['Atzr|A1|T1', 'Atzr|old']);
  });

  it('given a consent that is refused and renewed meanwhile, then the refusal is not told of the new one', async () => {
    const { tokens, refreshTokenOf } = open();
    const old = openLater();
    refreshTokenOf.mockImplementationOnce(() => old.promise);
    const waiting = tokens.get(OWNER);
    await vi.waitFor(() => expect(refreshTokenOf).toHaveBeenCalledOnce());
    tokens.forget('A1');
    old.reject(new ReauthorizationRequired('revoked'));
    expect(await waiting).toBe('Atza|1');
  });

  it('given another process renewed the consent, then the token of the one before is not used again', async () => {
    const { tokens, stored } = open();
    expect(await tokens.get(OWNER)).toBe('Atza|1');
    stored.version = 4;
    answer = { status: 200, body: { access_token: 'Atza|2', expires_in: 3600 } };
    expect(await tokens.get(OWNER)).toBe('Atza|2');
    expect(await tokens.get(OWNER)).toBe('Atza|2');
    expect(asked).toHaveLength(2);
  });

  it('given another process renewed the consent while its token is being asked for, then nobody gets that token', async () => {
    const { tokens, stored, refreshTokenOf } = open();
    const old = openLater();
    refreshTokenOf.mockImplementationOnce(() => old.promise);
    const before = tokens.get(OWNER);
    await vi.waitFor(() => expect(refreshTokenOf).toHaveBeenCalledOnce());
    stored.version = 4;
    expect(await tokens.get(OWNER)).toBe('Atza|1');
    answer = { status: 200, body: { access_token: 'Atza|old', expires_in: 3600 } };
    old.resolve('Atzr|old');
    expect(await before).toBe('Atza|1');
  });

  it('given invalid_grant, then the seller has to consent again, and the consent that was refused is named', async () => {
    answer = { status: 400, body: { error: 'invalid_grant', error_description: 'revoked' } };
    const refused = open().tokens.get(OWNER);
    await expect(refused).rejects.toBeInstanceOf(ReauthorizationRequired);
    await expect(refused).rejects.toMatchObject({ consent: 3 });
    expect(asked).toHaveLength(1);
  });

  it('given invalid_client, then it is the application that is refused, and no word of its secret', async () => {
    answer = { status: 401, body: { error: 'invalid_client' } };
    const failed = open().tokens.get(OWNER);
    await expect(failed).rejects.toBeInstanceOf(ApplicationRefused);
    await expect(failed).rejects.not.toThrow(/secret|Atzr/);
  });
});
