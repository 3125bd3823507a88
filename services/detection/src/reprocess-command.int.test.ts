import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { detectionWorld, type DetectionWorld } from '../test/detection-world.js';
import { sellerWithClaims } from '../test/seller-with-claims.js';

const COMMAND = fileURLToPath(new URL('../dist/reprocess-command.js', import.meta.url));

let world: DetectionWorld;
beforeAll(async () => {
  world = await detectionWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

describe('the command', () => {
  const command = (...args: readonly string[]) =>
    new Promise<{ code: number; out: string; said: string }>((done) => {
      const env = { ...process.env, DATABASE_URL: String(world.pool.options.connectionString) };
      execFile(process.execPath, [COMMAND, ...args], { env }, (error, out, said) => {
        done({ code: Number(error?.code ?? 0), out, said });
      });
    });

  it('given all sellers, then it tells of each what changes, and of none once it is done in earnest', async () => {
    const tenants = [await sellerWithClaims(world), await sellerWithClaims(world)].sort();
    const all = ['--all-sellers', '--rate', '1000'];
    const dry = await command('--dry-run', '--json');
    expect(dry.code).toBe(0);
    const lines = dry.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    for (const tenant of tenants) expect(lines).toContainEqual(expect.objectContaining({ tenant }));
    expect((await command(...all)).code).toBe(0);
    expect(await command(...all, '--dry-run')).toMatchObject({ code: 0, out: '' });
    const [first = '', second = ''] = tenants;
    const rest = await command('--all-sellers', '--dry-run', '--after', first);
    expect(rest.said).not.toContain(`${first}\n`);
    expect(rest.said).toContain(`${second}\n`);
  }, 400_000);

  it('given what it does not understand, then it says how it is used', async () => {
    for (const args of [
      [],
      ['--json'],
      ['--tenant', 't', '--all-sellers'],
      ['--tenant', 't', '--since', 'x'],
    ]) {
      expect(await command(...args)).toMatchObject({ code: 2, out: '' });
    }
    expect((await command('--since', '2026-01-01')).said).toContain('usage');
  }, 120_000);
});
