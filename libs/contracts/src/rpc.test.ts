import { describe, expect, it } from 'vitest';
import { connectReplySchema, connectRequestSchema } from './rpc.js';

const request = {
  tenantId: null,
  sellingPartnerId: 'A2EXAMPLE0SELLER',
  region: 'na',
  marketplaceIds: null,
  credential: { kind: 'refresh_token', refreshToken: 'Atzr|example' },
};

describe('the connect request', () => {
  it('carries a code with its redirect URI, or a refresh token', () => {
    const code = { kind: 'authorization_code', code: 'c', redirectUri: 'https://example.com/back' };
    expect(connectRequestSchema.safeParse(request).success).toBe(true);
    expect(connectRequestSchema.safeParse({ ...request, credential: code }).success).toBe(true);
  });

  it.each([
    ['no credential', { credential: undefined }],
    ['a code without its redirect URI', { credential: { kind: 'authorization_code', code: 'c' } }],
    ['an empty token', { credential: { kind: 'refresh_token', refreshToken: '' } }],
    ['an empty tenant', { tenantId: '' }],
    ['a region that Amazon does not have', { region: 'moon' }],
  ])('is refused with %s', (_, wrong) => {
    expect(connectRequestSchema.safeParse({ ...request, ...wrong }).success).toBe(false);
  });
});

describe('the connect reply', () => {
  it('says where the log stands, or why not', () => {
    const marketplaces = [
      { id: 'ATVPDKIKX0DER', country: 'US', currency: 'USD', name: 'Amazon.com' },
    ];
    const connected = { outcome: 'connected', tenantId: 'alice', marketplaces, position: 2 };
    const refused = {
      outcome: 'refused',
      code: 'amazon_refused',
      message: 'The token is not valid.',
    };
    expect(connectReplySchema.parse(connected)).toEqual(connected);
    expect(connectReplySchema.parse(refused)).toEqual(refused);
    expect(connectReplySchema.safeParse({ ...refused, code: 'because' }).success).toBe(false);
  });
});
