import { expect, it } from 'vitest';
import { settingsSchema } from '../settings.js';
import { SECRET } from '../testing/session-token.js';
import { cookieOptions } from './session.js';

const settings = settingsSchema.parse({
  DATABASE_TENANT_URL: 'postgres://a@localhost/b',
  SESSION_JWT_SECRET: SECRET,
});

it.each([
  [{}, { secure: false, sameSite: 'lax', partitioned: false }],
  [{ FRONTEND_URL: 'http://localhost:5173' }, { secure: false, sameSite: 'lax' }],
  [{ FRONTEND_URL: 'https://app.example' }, { secure: true, sameSite: 'lax' }],
  [{ COOKIE_SAMESITE: 'none' as const }, { secure: true, sameSite: 'none', partitioned: true }],
])('given %j, then our cookies are %j', (more, expected) => {
  expect(cookieOptions({ ...settings, ...more })).toMatchObject({
    ...expected,
    httpOnly: true,
    path: '/',
  });
});
