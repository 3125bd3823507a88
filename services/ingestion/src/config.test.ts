import { readSettings } from '@recoup/service-kit';
import { describe, expect, it } from 'vitest';
import { ingestionSettings } from './config.js';

const given = {
  LWA_CLIENT_ID: 'id',
  LWA_CLIENT_SECRET: 'secret',
  ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
};

describe('the settings', () => {
  it('given what is needed, then Amazon itself at its published rate', () => {
    const settings = readSettings(ingestionSettings, given);
    expect(settings).toMatchObject({ SPAPI_RATE_SCALE: 1, SYNC_ROUTE: 'auto', SYNC_WORKERS: 16 });
    expect(settings.SYNC_BUYER_INFO).toBe('off');
    expect(settings.SPAPI_ENDPOINT).toBeUndefined();
    expect(settings.ENCRYPTION_KEY).toHaveLength(32);
  });

  it.each([
    ['SYNC_ROUTE', 'v1'],
    ['SYNC_BUYER_INFO', 'yes'],
    ['ENCRYPTION_KEY', 'c2hvcnQ='],
    ['SPAPI_ENDPOINT', 'file:///etc/passwd'],
    ['SPAPI_RATE_SCALE', '0'],
    ['SYNC_SCHEDULE', 'daily'],
  ])('given %s=%s, then a refusal that names the setting and not the value', (name, value) => {
    expect(() => readSettings(ingestionSettings, { ...given, [name]: value })).toThrow(name);
  });

  it('given no client secret, then a refusal that names it', () => {
    const { LWA_CLIENT_SECRET: _, ...rest } = given;
    expect(() => readSettings(ingestionSettings, rest)).toThrow('LWA_CLIENT_SECRET is not set');
  });
});
