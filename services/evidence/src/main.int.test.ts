import { fileURLToPath } from 'node:url';
import { spawnService } from '@recoup/testkit';
import { describe, expect, it } from 'vitest';

const script = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const common = { DATABASE_URL: 'postgres://nobody@127.0.0.1/none', NATS_URL: 'nats://127.0.0.1:1' };

describe('given a setting that is missing or wrong', () => {
  it.each([
    ['CASE_DESK_URL', { ...common, CLAIM_SUBMISSION: 'sandbox' }],
    [
      'WEBHOOK_SECRET',
      { ...common, CLAIM_SUBMISSION: 'webhook', WEBHOOK_URL: 'https://d.example' },
    ],
    ['DATABASE_URL', { NATS_URL: common.NATS_URL }],
  ])('then the service stops and names %s', async (name, env) => {
    const service = await spawnService({ script, env });
    expect((await service.exit).code).toBe(1);
    expect(service.output).toContain(name);
  });
});
