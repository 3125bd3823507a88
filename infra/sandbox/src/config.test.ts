import { describe, expect, test } from 'vitest';
import { readConfig } from './config.js';

const needed = { SANDBOX_STATE_DIR: '/tmp/s', LWA_CLIENT_ID: 'id', LWA_CLIENT_SECRET: 'secret' };

describe('given an environment', () => {
  test('when only what is needed is set, then the rest has its default', () => {
    expect(readConfig({ ...needed, SANDBOX_SEED: '' })).toMatchObject({
      ok: true,
      config: { SANDBOX_PORT: 0, SANDBOX_SEED: 1, SANDBOX_ORDERS: 2_500, SPAPI_RATE_SCALE: 1 },
    });
  });

  test.each([
    ['LWA_CLIENT_SECRET', undefined],
    ['SANDBOX_STATE_DIR', ''],
    ['SANDBOX_ORDERS', '1000001'],
    ['SANDBOX_PORT', 'http'],
    ['SPAPI_RATE_SCALE', '0'],
  ])('when %s is %s, then its name is told, and no value', (name, value) => {
    const read = readConfig({ ...needed, [name]: value });
    expect(read).toMatchObject({ ok: false });
    expect(JSON.stringify(read)).toContain(name);
    expect(JSON.stringify(read)).not.toContain('"secret"');
  });
});
