import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sleep } from '@recoup/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChildSpec } from './child.js';
import { identify, isAlive, type ProcessIdentity } from './process-identity.js';
import { readRun, stopLeftovers, writeRun } from './run-file.js';
import { Supervisor } from './supervisor.js';

const folder = mkdtempSync(join(tmpdir(), 'recoup-supervisor-'));
const journal = join(folder, 'journal');
const script = join(folder, 'child.mjs');

beforeAll(() => {
  writeFileSync(
    script,
    `import { appendFileSync } from 'node:fs';
     const [, , name, journal] = process.argv;
     const note = (what) => appendFileSync(journal, what + ' ' + name + '\\n');
     process.on('SIGTERM', () => { note('stopped'); process.exit(0); });
     note('started');
     setInterval(() => {}, 1000);`,
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const spec = (name: string, args = [script, name, journal]): ChildSpec => ({
  name,
  command: process.execPath,
  args,
  env: { PATH: process.env['PATH'] ?? '' },
});

const lines = (): string[] =>
  existsSync(journal) ? readFileSync(journal, 'utf8').trim().split('\n') : [];

async function until(look: () => boolean): Promise<void> {
  for (let waited = 0; waited < 20_000; waited += 20) {
    if (look()) return;
    await sleep(20);
  }
  throw new Error(`never happened; journal: ${lines().join(', ')}`);
}

describe('the supervisor', () => {
  it('given three children, when it stops, then the last started ends first', async () => {
    rmSync(journal, { force: true });
    const supervisor = new Supervisor({
      logFolder: folder,
      onStart: () => undefined,
      onDeath: () => undefined,
    });
    for (const name of ['server', 'middle', 'service']) {
      supervisor.keep(spec(name));
      await until(() => lines().includes(`started ${name}`));
    }
    await supervisor.stop();
    expect(lines().slice(3)).toEqual(['stopped service', 'stopped middle', 'stopped server']);
  });

  it('given a child that dies, then it is started again, until the supervisor stops', async () => {
    rmSync(journal, { force: true });
    const started: ProcessIdentity[] = [];
    const deaths: string[] = [];
    const supervisor = new Supervisor({
      logFolder: folder,
      onStart: (_, identity) => started.push(identity),
      onDeath: (_, how) => deaths.push(how),
    });
    supervisor.keep(spec('mortal'));
    await until(() => lines().length === 1);
    process.kill((started[0] as ProcessIdentity).pid, 'SIGKILL');
    await until(() => lines().length === 2);
    expect(deaths).toEqual(['SIGKILL']);
    await supervisor.stop();
    expect(started).toHaveLength(2);
    expect(started.some(isAlive)).toBe(false);
    expect(lines()).toEqual(['started mortal', 'started mortal', 'stopped mortal']);
  });
});

describe('leftovers', () => {
  const launcher = { pid: 1, startedAt: 'never' };

  async function stranger(): Promise<ProcessIdentity> {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {
      detached: true,
      stdio: 'ignore',
    });
    await once(child, 'spawn');
    return identify(child.pid as number);
  }

  it('given a child of an ended launcher, then it is stopped and the file is gone', async () => {
    const file = join(folder, 'left.json');
    const left = await stranger();
    const child = { ...left, name: 'left', stopSignal: 'SIGTERM' };
    writeRun(file, { launcher, url: null, database: null, children: [child] });
    expect(await stopLeftovers(file)).toBe(1);
    expect(isAlive(left)).toBe(false);
    expect(existsSync(file)).toBe(false);
  });

  it('given a number that belongs to another process now, then that process lives', async () => {
    const file = join(folder, 'reused.json');
    const other = await stranger();
    const child = { pid: other.pid, startedAt: '1', name: 'gone', stopSignal: 'SIGKILL' };
    writeRun(file, { launcher, url: null, database: null, children: [child] });
    expect(await stopLeftovers(file)).toBe(0);
    expect(isAlive(other)).toBe(true);
    process.kill(other.pid, 'SIGKILL');
  });

  it('given a file that a newer launcher took over, then the guardian of the old one touches nothing', async () => {
    const file = join(folder, 'taken-over.json');
    const child = { ...(await stranger()), name: 'new', stopSignal: 'SIGKILL' };
    writeRun(file, {
      launcher: identify(process.pid),
      url: null,
      database: null,
      children: [child],
    });
    expect(await stopLeftovers(file, process.pid + 1)).toBe(0);
    expect(isAlive(child)).toBe(true);
    expect(readRun(file)?.children).toHaveLength(1);
    process.kill(child.pid, 'SIGKILL');
  });
});
