import { expect, it } from 'vitest';
import { settingsSchema } from '../settings.js';
import { SECRET } from '../testing/session-token.js';
import { consentCookie } from './consent-cookie.js';

const settings = settingsSchema.parse({
  DATABASE_TENANT_URL: 'postgres://a@localhost/b',
  SESSION_JWT_SECRET: SECRET,
});

it.each([
  [{}, 'oauth_browser', false],
  [{ FRONTEND_URL: 'https://app.example' }, '__Host-oauth_browser', true],
  [{ COOKIE_SAMESITE: 'none' as const }, '__Host-oauth_browser', true],
])('given %j, then the cookie is %s: over TLS no sibling can set it', (more, name, secure) => {
  const cookie = consentCookie({ ...settings, ...more });
  // What the prefix asks for; browsers drop a cookie that lacks any of it.
  expect(cookie).toMatchObject({ name, options: { secure, path: '/' } });
  expect(cookie.options).not.toHaveProperty('domain');
});
