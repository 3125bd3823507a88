import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identify, isAlive } from '@recoup/local';
import { afterAll, describe, expect, it } from 'vitest';
import { eventually } from './eventually.js';
import { spawnService } from './spawn-service.js';

const folder = mkdtempSync(join(tmpdir(), 'recoup-crash-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function script(name: string, text: string): string {
  const file = join(folder, `${name}.mjs`);
  writeFileSync(file, text);
  return file;
}

const TESTKIT = JSON.stringify(new URL('../dist/index.js', import.meta.url).href);

describe('spawnService', () => {
  it('given a script, then it gets only the environment it was given, and output and exit are kept', async () => {
    const service = await spawnService({
      script: script('prints', 'console.log(JSON.stringify(process.env)); process.exitCode = 3;'),
      env: { GREETING: 'hello' },
    });
    expect(await service.exit).toEqual({ code: 3, signal: null });
    const seen = JSON.parse(service.output) as Record<string, string>;
    expect(seen['GREETING']).toBe('hello');
    expect(seen['RECOUP_TEST_SERVERS']).toBeUndefined();
  });

  it('given a service that ignores SIGTERM, when it is killed hard, then it ends by SIGKILL', async () => {
    const service = await spawnService({
      script: script(
        'stubborn',
        `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('up');`,
      ),
      env: {},
    });
    await eventually(() => service.output.includes('up'));
    expect(await service.kill9()).toEqual({ code: null, signal: 'SIGKILL' });
  });
});

describe('a test process that is killed', () => {
  it('given a server that it had started, then the server is stopped all the same', async () => {
    const inner = script('inner', `console.log('inner'); setInterval(() => {}, 1000);`);
    const outer = await spawnService({
      script: script(
        'outer',
        `import { spawnService } from ${TESTKIT};
         const service = await spawnService({ script: ${JSON.stringify(inner)}, env: {} });
         console.log('started ' + service.pid);
         setInterval(() => {}, 1000);`,
      ),
      env: {},
    });
    const match = await eventually(() => /started (\d+)/.exec(outer.output));
    const identity = identify(Number(match[1]));
    expect(isAlive(identity)).toBe(true);
    await outer.kill9();
    await eventually(() => !isAlive(identity), { timeoutMs: 15_000 });
  });
});
