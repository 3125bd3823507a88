import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sleep } from '@recoup/kernel';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { environmentOfEvents } from './environment-of-events.js';
import { findNatsServer } from './find-nats-server.js';
import { forgetPostgres } from './postgres-home.js';
import { isAlive, type ProcessIdentity } from './process-identity.js';
import { readRun, stopLeftovers, type Run } from './run-file.js';
import { ROOT } from './state-folder.js';

const MAIN = join(ROOT, 'infra/local/dist/main.js');

/** Each test starts the whole product, some twice, on a machine that may be busy with much else. */
vi.setConfig({ testTimeout: 240_000 });

const folder = mkdtempSync(join(tmpdir(), 'recoup-launch-'));
const runFile = join(folder, 'run.json');
const launchers: ChildProcess[] = [];
let settings: Record<string, string>;
let taken: Server;
let takenPort: number;

beforeAll(async () => {
  const kept = process.env['RECOUP_STATE_DIR'] || join(ROOT, '.recoup');
  const nats = await findNatsServer({
    cacheFolder: join(kept, 'cache'),
    environment: process.env,
    say: () => undefined,
  });
  taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  takenPort = (taken.address() as { port: number }).port;
  settings = {
    PATH: process.env['PATH'] ?? '',
    HOME: process.env['HOME'] ?? '/',
    RECOUP_STATE_DIR: folder,
    NATS_SERVER_BIN: nats,
    GATEWAY_PORT: String(takenPort),
    SANDBOX_ORDERS: '50',
  };
});

afterEach(async () => {
  for (const launcher of launchers.splice(0)) launcher.kill('SIGKILL');
  await stopLeftovers(runFile);
});

afterAll(() => {
  taken.close();
  forgetPostgres(join(folder, 'postgres'));
  rmSync(folder, { recursive: true, force: true });
});

interface Launch {
  readonly process: ChildProcess;
  readonly output: () => string;
  readonly ended: Promise<number | null>;
}

function start(script = MAIN, env: Record<string, string> = {}): Launch {
  const child = spawn(process.execPath, [script], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...settings, ...env },
  });
  launchers.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  return { process: child, output: () => output, ended };
}

async function until<T>(look: () => T | null | undefined | false, what: () => string): Promise<T> {
  for (let looks = 0; looks < 2000; looks += 1) {
    const seen = look();
    if (seen) return seen;
    await sleep(50);
  }
  throw new Error(`never happened: ${what()}`);
}

async function ready(launch: Launch): Promise<{ link: string; run: Run }> {
  const match = await until(() => /http:\S+token=\S+/.exec(launch.output()), launch.output);
  const run = readRun(runFile);
  if (!run) throw new Error('no run file');
  return { link: match[0], run };
}

async function allGone(children: readonly ProcessIdentity[]): Promise<void> {
  await until(
    () => children.every((child) => !isAlive(child)),
    () => `alive: ${JSON.stringify(children.filter(isAlive))}`,
  );
}

/** The superuser's connection, from what the start wrote and from the command line of its Postgres. */
async function database(run: Run): Promise<Client> {
  const { pid } = run.children.find(({ name }) => name === 'postgres') as ProcessIdentity;
  const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  const { postgresPassword } = JSON.parse(readFileSync(join(folder, 'secrets.json'), 'utf8')) as {
    postgresPassword: string;
  };
  const client = new Client({
    host: '127.0.0.1',
    port: Number(words[words.indexOf('-p') + 1]),
    user: 'postgres',
    password: postgresPassword,
    database: 'recoup',
  });
  await client.connect();
  return client;
}

const EVERYTHING = [
  'postgres',
  'nats-server',
  'sandbox',
  'gateway',
  'ingestion',
  'detection',
  'evidence',
];

describe('the launcher', () => {
  it('given a taken port, then it takes another, serves the link, and keeps its secrets private', async () => {
    const { link, run } = await ready(start());
    expect(run.children.map(({ name }) => name)).toEqual(EVERYTHING);
    expect(run.children.filter(isAlive)).toHaveLength(EVERYTHING.length);
    expect(new URL(link).port).not.toBe(String(takenPort));
    expect((await fetch(link, { redirect: 'manual' })).status).toBeLessThan(400);
    expect(statSync(join(folder, 'secrets.json')).mode & 0o777).toBe(0o600);
  });

  it('given a launcher that runs, then a second one names its address, ends, and disturbs nothing', async () => {
    const { run } = await ready(start());
    const second = start();
    expect(await second.ended).toBe(1);
    expect(second.output()).toContain(run.url);
    expect(run.children.every(isAlive)).toBe(true);
  });

  it('given what runs, then commands over what is stored find its database, and none once it has ended', async () => {
    const launch = start();
    await ready(launch);
    const here = { RECOUP_STATE_DIR: folder };
    const found = environmentOfEvents(here);
    const path = join(ROOT, 'infra/operator/dist/main.js');
    for (const [says, ...args] of [
      ['No such seller has synced', 'reprocess', '--dry-run'],
      ['claim is rebuilt', 'rebuild', 'claim'],
      ['Nothing is parked', 'parked'],
    ]) {
      const { stdout, stderr } = await promisify(execFile)(process.execPath, [path, ...args], {
        env: { ...settings, ...found },
      });
      expect(stdout + stderr).toContain(says);
    }
    expect(readFileSync(runFile, 'utf8')).not.toMatch(/postgres:\w|recoup_/);
    expect(environmentOfEvents({ ...here, DATABASE_URL: 'postgres://elsewhere/db' })).toEqual({});
    launch.process.kill('SIGTERM');
    await launch.ended;
    expect(environmentOfEvents(here)).toEqual({});
  });

  it('when it gets SIGTERM, then it ends with 0 and leaves nothing running', async () => {
    const launch = start();
    const { run } = await ready(launch);
    launch.process.kill('SIGTERM');
    expect(await launch.ended).toBe(0);
    await allGone(run.children);
  });

  it('when it is killed hard, then nothing is left, and the next start has the same data', async () => {
    const first = start();
    const { run } = await ready(first);
    const before = await database(run);
    before.on('error', () => undefined); // the kill ends it
    await before.query('create table public.kept as select 42 as n');
    first.process.kill('SIGKILL');
    await allGone(run.children);
    const again = await ready(start());
    const after = await database(again.run);
    expect((await after.query('select n from public.kept')).rows).toEqual([{ n: 42 }]);
    await after.end();
  });

  it('when the npm that runs it is killed hard, then nothing is left', async () => {
    const npm = join(folder, 'npm-stand-in.mjs');
    writeFileSync(
      npm,
      `import { spawn } from 'node:child_process';
       spawn(process.execPath, [${JSON.stringify(MAIN)}], { stdio: 'inherit' });`,
    );
    const launch = start(npm, { npm_lifecycle_event: 'start' });
    const { run } = await ready(launch);
    expect(run.launcher.pid).not.toBe(launch.process.pid);
    launch.process.kill('SIGKILL');
    await allGone([run.launcher, ...run.children]);
  });

  it('when a child is killed, then it comes back on its port while the others stay', async () => {
    const { run } = await ready(start());
    const victim = run.children.find(({ name }) => name === 'nats-server') as ProcessIdentity;
    process.kill(victim.pid, 'SIGKILL');
    const place = (now: Run | null): ProcessIdentity | undefined =>
      now?.children.find(({ name }) => name === 'nats-server');
    const next = await until(
      () => {
        const found = place(readRun(runFile));
        return found && found.pid !== victim.pid && isAlive(found) && found;
      },
      () => 'nats-server back',
    );
    expect(portOf(next)).toBeDefined();
    const others = run.children.filter(({ name }) => name !== 'nats-server');
    expect(others.every(isAlive)).toBe(true);
  });

  it('given a service that cannot start, then it says which, shows its log, and leaves nothing', async () => {
    const launch = start(MAIN, { CLAIM_SUBMISSION: 'carrier-pigeon' });
    expect(await launch.ended).toBe(1);
    expect(launch.output()).toMatch(/evidence/);
    expect(launch.output()).toContain('CLAIM_SUBMISSION');
    expect(readRun(runFile)?.children ?? []).toEqual([]);
  });
});

function portOf({ pid }: ProcessIdentity): string | undefined {
  const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  return words[words.indexOf('--port') + 1];
}
