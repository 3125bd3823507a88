import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { CREDENTIALS, refusal, startRig, US_SELLER, type Reply, type Rig } from '../testing/rig.js';

const BACK = 'http://localhost:3001/callback';
const grantedSchema = z.object({
  access_token: z.string().startsWith('Atza|').max(2_048),
  refresh_token: z.string().startsWith('Atzr|').max(2_048),
  token_type: z.literal('bearer'),
  expires_in: z.literal(3_600),
});

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig[Symbol.asyncDispose]());

const token = (fields: Record<string, string>) =>
  rig.form('/auth/o2/token', { ...CREDENTIALS, ...fields });
const problemOf = ({ status, json }: Reply) => ({
  status,
  error: z.object({ error: z.string(), error_description: z.string() }).parse(json).error,
});
const participations = (access: string) =>
  rig.call('/sellers/v1/marketplaceParticipations', { token: access });

async function consented(seller: string): Promise<URL> {
  const asked = { application_id: 'app', state: 'st&te', redirect_uri: `${BACK}?kept=1` };
  const reply = await rig.form('/apps/authorize/consent', {
    ...asked,
    seller,
    decision: 'approve',
  });
  expect(reply.status).toBe(302);
  return new URL(reply.headers.get('location') ?? '');
}

const exchange = (code: string | null) =>
  token({ grant_type: 'authorization_code', code: code ?? '', redirect_uri: `${BACK}?kept=1` });

describe('given a seller that consents', () => {
  test('then the code comes back with the state, works once, and the refresh token opens the account', async () => {
    const location = await consented(US_SELLER);
    expect(location.searchParams.get('state')).toBe('st&te');
    expect(location.searchParams.get('kept')).toBe('1');
    expect(location.searchParams.get('selling_partner_id')).toBe(US_SELLER);
    const code = location.searchParams.get('spapi_oauth_code');
    const first = await exchange(code);
    const granted = grantedSchema.parse(first.json);
    expect((await participations(granted.access_token)).status).toBe(200);
    expect(problemOf(await exchange(code))).toEqual({ status: 400, error: 'invalid_grant' });
    const again = await token({
      grant_type: 'refresh_token',
      refresh_token: granted.refresh_token,
    });
    expect(grantedSchema.parse(again.json).refresh_token).toBe(granted.refresh_token);
  });

  test('when five minutes have passed, then the code is worth nothing', async () => {
    const location = await consented(US_SELLER);
    rig.advance(300_001);
    const late = await exchange(location.searchParams.get('spapi_oauth_code'));
    expect(problemOf(late)).toEqual({ status: 400, error: 'invalid_grant' });
  });

  test('when the code is presented for another address, then it is refused', async () => {
    const code = (await consented(US_SELLER)).searchParams.get('spapi_oauth_code') ?? '';
    const elsewhere = await token({ grant_type: 'authorization_code', code, redirect_uri: BACK });
    expect(problemOf(elsewhere)).toEqual({ status: 400, error: 'invalid_grant' });
  });

  test('when the process restarts, then tokens stay valid and a used code stays used', async () => {
    const code = (await consented(US_SELLER)).searchParams.get('spapi_oauth_code');
    const { access_token, refresh_token } = grantedSchema.parse((await exchange(code)).json);
    await rig.restart();
    expect((await participations(access_token)).status).toBe(200);
    expect((await token({ grant_type: 'refresh_token', refresh_token })).status).toBe(200);
    expect(problemOf(await exchange(code))).toEqual({ status: 400, error: 'invalid_grant' });
  });

  test('when it revokes, then old tokens end at once, also after a restart, and a new consent works', async () => {
    const seller = 'A1BRIGHTHOME03';
    const code = (await consented(seller)).searchParams.get('spapi_oauth_code');
    const { access_token, refresh_token } = grantedSchema.parse((await exchange(code)).json);
    const revoked = await rig.call(`/sandbox/sellers/${seller}/revoke`, { method: 'POST' });
    expect(revoked.status).toBe(204);
    await rig.restart();
    const refused = await token({ grant_type: 'refresh_token', refresh_token });
    expect(problemOf(refused)).toEqual({ status: 400, error: 'invalid_grant' });
    expect(refusal(await participations(access_token))).toMatchObject({
      status: 403,
      code: 'Unauthorized',
      details: 'The application is not authorized by the selling partner.',
    });
    expect((await participations(await rig.accessToken(seller))).status).toBe(200);
  });
});

describe('given a consent page', () => {
  const page = (query: Record<string, string>) =>
    rig.call(`/apps/authorize/consent?${new URLSearchParams(query).toString()}`, { token: null });

  test('then it offers sellers, escapes what it was given, and tells no one where it came from', async () => {
    const state = '"><script>alert(1)</script>';
    const reply = await page({ application_id: '<b>app</b>', state, redirect_uri: BACK });
    expect(reply.status).toBe(200);
    expect(reply.text.match(/type="radio"/g)).toHaveLength(3);
    expect(reply.text).not.toContain('<script');
    expect(reply.text).toContain('&lt;b&gt;app&lt;/b&gt;');
    expect(reply.headers.get('referrer-policy')).toBe('no-referrer');
  });

  test.each([
    'https://evil.example/cb',
    'javascript:alert(1)',
    'http://localhost@evil.example/',
    'nonsense',
  ])('when it is to send the seller to %s, then it refuses', async (redirect_uri) => {
    const asked = { application_id: 'app', state: 's', redirect_uri };
    expect((await page(asked)).status).toBe(400);
    const decided = { ...asked, seller: US_SELLER, decision: 'approve' };
    expect((await rig.form('/apps/authorize/consent', decided)).status).toBe(400);
  });

  test('when the seller denies, then the application hears it with its state', async () => {
    const asked = { application_id: 'app', state: 's', redirect_uri: BACK, decision: 'deny' };
    const reply = await rig.form('/apps/authorize/consent', asked);
    const location = new URL(reply.headers.get('location') ?? '');
    expect(location.searchParams.get('error')).toBe('access_denied');
    expect(location.searchParams.get('state')).toBe('s');
    expect(location.searchParams.has('spapi_oauth_code')).toBe(false);
  });

  test('when a seller id is typed, then it is used if it is one, else asked for again', async () => {
    const asked = { application_id: 'app', state: 's', redirect_uri: BACK, decision: 'approve' };
    const typed = await rig.form('/apps/authorize/consent', {
      ...asked,
      other_seller: 'A9OTHERSELLER',
    });
    expect(typed.headers.get('location')).toContain('selling_partner_id=A9OTHERSELLER');
    const wrong = await rig.form('/apps/authorize/consent', { ...asked, other_seller: 'b' });
    expect(wrong.status).toBe(400);
  });
});

describe('given a client of the token endpoint', () => {
  test.each([
    [{ client_secret: 'wrong' }, { status: 401, error: 'invalid_client' }],
    [{ grant_type: 'password' }, { status: 400, error: 'unsupported_grant_type' }],
    [{ refresh_token: 'Atzr|nonsense' }, { status: 400, error: 'invalid_grant' }],
    [
      { grant_type: 'client_credentials', scope: 'other' },
      { status: 400, error: 'invalid_scope' },
    ],
    [{ grant_type: 'authorization_code' }, { status: 400, error: 'invalid_request' }],
  ])('when it sends %o, then it hears %o', async (fields, expected) => {
    const valid = { grant_type: 'refresh_token', refresh_token: 'Atzr|x' };
    expect(problemOf(await token({ ...valid, ...fields }))).toEqual(expected);
  });

  test('when it sends JSON, then it is understood; when it sends broken JSON, then it is an OAuth error', async () => {
    const scope = 'sellingpartnerapi::notifications';
    const body = { ...CREDENTIALS, grant_type: 'client_credentials', scope };
    const reply = await rig.call('/auth/o2/token', { method: 'POST', body, token: null });
    expect(reply.status).toBe(200);
    expect(reply.json).not.toHaveProperty('refresh_token');
    const headers = { 'content-type': 'application/json' };
    const broken = await fetch(`${rig.origin}/auth/o2/token`, {
      method: 'POST',
      headers,
      body: '{',
    });
    expect(await broken.json()).toMatchObject({ error: 'invalid_request' });
  });

  test('when its token acts for no seller, then it cannot read one', async () => {
    const scope = 'sellingpartnerapi::notifications';
    const { json } = await token({ grant_type: 'client_credentials', scope });
    const { access_token } = z.object({ access_token: z.string() }).parse(json);
    expect(refusal(await participations(access_token))).toMatchObject({
      status: 403,
      code: 'Unauthorized',
    });
  });
});
