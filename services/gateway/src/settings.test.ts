import { readSettings } from '@recoup/service-kit';
import { describe, expect, it } from 'vitest';
import { settingsSchema } from './settings.js';
import { SECRET } from './testing/session-token.js';

const least = {
  DATABASE_TENANT_URL: 'postgres://nobody@127.0.0.1/none',
  SESSION_JWT_SECRET: SECRET,
};

describe('the settings', () => {
  it('given only what has no default, then the rest follows', () => {
    expect(readSettings(settingsSchema, least)).toMatchObject({
      GATEWAY_PORT: 3001,
      CORS_ORIGINS: [],
      COOKIE_SAMESITE: 'lax',
      TRUST_PROXY: 0,
      SYNC_SCHEDULE: '0 2 * * *',
      RATE_LIMIT_USER: 1200,
    });
  });

  it.each([
    ['SESSION_JWT_SECRET', ''],
    ['SESSION_JWT_SECRET', 'too-short'],
    ['SESSION_JWKS_URL', 'id.example'],
    ['DATABASE_TENANT_URL', ''],
    ['DATABASE_TENANT_URL', 'mysql://127.0.0.1/none'],
    ['GATEWAY_PORT', 'http'],
    ['FRONTEND_URL', 'not a url'],
    ['FRONTEND_URL', 'about:blank'],
    ['OAUTH_SUCCESS_PATH', 'https://evil.example'],
    ['COOKIE_SAMESITE', 'strictest'],
    ['CORS_ORIGINS', 'https://app.example/'],
    ['CORS_ORIGINS', '*'],
    ['TRUST_PROXY', 'true'],
    ['RATE_LIMIT_USER', '-1'],
    ['SYNC_SCHEDULE', 'daily'],
  ])('given %s as %j, then the refusal names it', (name, value) => {
    const read = () => readSettings(settingsSchema, { ...least, [name]: value });
    expect(read).toThrow(new RegExp(`^${name}(: | is not set)`));
  });
});
