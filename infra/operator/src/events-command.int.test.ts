import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { RecordedEvent } from '@recoup/contracts';
import { openEventStore, type EventStore } from '@recoup/event-store';
import { codeOf, shardOf } from '@recoup/kernel';
import { createDatabase, someEvents, type TestDatabase } from '@recoup/testkit';
import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openLogForReading } from './open-log.js';

// Every look is a process of its own: on a machine with much else to do they take their time.
vi.setConfig({ testTimeout: 180_000 });

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const [MINE, THEIRS] = ['tenant-mine', 'tenant-theirs'];

let database: TestDatabase;
let pool: Pool;
let store: EventStore;
beforeAll(async () => {
  database = await createDatabase();
  pool = new Pool({ connectionString: database.urlOf('recoup_detection_follow') });
  store = openEventStore(pool);
  await append(MINE, 'connection-mine', 3);
  await append(THEIRS, 'connection-theirs', 2);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

async function append(tenantId: string, streamId: string, count: number): Promise<void> {
  await store.append({ tenantId, streamId, expected: 'any', events: someEvents(count) });
}

const environment = (): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  DATABASE_URL: database.urlOf('recoup_detection_follow'),
  MIGRATE_DATABASE_URL: database.adminUrl,
});

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `npm run events -- <args>` as npm does, to its end. */
async function events(args: readonly string[], env = environment()): Promise<Ended> {
  try {
    const ended = await promisify(execFile)(process.execPath, [MAIN, ...args], { env });
    return { code: 0, ...ended };
  } catch (error) {
    return { ...(error as Ended), code: Number((error as { code: unknown }).code) };
  }
}

/** What a line of JSON on stdout or stderr may tell. */
interface Told {
  readonly rebuilt?: string;
  readonly parked?: { readonly nextTry: string | null };
}

const linesOf = (text: string): string[] => text.split('\n').filter((line) => line !== '');
const toldIn = (text: string): Told[] => linesOf(text).map((line) => JSON.parse(line) as Told);
const eventsIn = (text: string): RecordedEvent[] =>
  linesOf(text).map((line) => JSON.parse(line) as RecordedEvent);

describe('npm run events', () => {
  const ALL = ['tail', 'show', 'parked', 'rebuild', 'reprocess', 'calibration'];
  it('without a command tells which there are', async () => {
    const { stdout, code } = await events([]);
    for (const name of ALL) expect(stdout).toContain(`  ${name} `);
    expect(code).toBe(0);
  });

  it.each(['tail', 'reprocess'])('%s --help tells its options and ends with 0', async (name) => {
    expect(await events([name, '--help'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`npm run events -- ${name}`),
      stderr: '',
    });
  });

  it.each([
    [['constructor'], 'There is no command constructor'],
    [['tail', '--bogus'], "Unknown option '--bogus'"],
    [['tail', '--from', 'yesterday'], '--from: now, start, a position, or a time'],
    [['show', 'connection-unknown'], 'There is no stream connection-unknown.'],
    [['rebuild', 'nothing'], 'one of sync, claim'],
    [['calibration'], 'name the seller by --tenant'],
  ])('%j cannot be done: a sentence, and 2', async (args, sentence) => {
    expect(await events(args)).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining(sentence),
    });
  });

  it.each(['tail', 'rebuild --all'])(
    '%s says without a stack, or a password, that there is no database, and that it does not answer',
    async (line) => {
      const args = line.split(' ');
      const none = await events(args, { PATH: process.env['PATH'] });
      expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining('start the product') });
      const url = 'postgres://somebody:passw0rd@127.0.0.1:1/recoup';
      const away = await events(args, { DATABASE_URL: url, MIGRATE_DATABASE_URL: url });
      expect(away).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('The database does not answer'),
      });
      expect(away.stderr).not.toMatch(/passw0rd|\n\s+at /);
    },
  );

  it('show prints a stream, from a version on, as a text and as the log has it', async () => {
    const { stdout } = await events(['show', 'connection-mine']);
    expect(stdout).toContain('connection-mine of tenant-mine, 3 events');
    expect(stdout).toMatch(/#3 {2}sync\.amazon_disconnected \(version 1\)/);
    const json = await events(['show', 'connection-mine', '--from', '2', '--json']);
    expect(eventsIn(json.stdout)).toEqual(
      (await store.readStream(MINE, 'connection-mine')).slice(1),
    );
  });

  it('tail --no-follow prints what was asked for, and ends', async () => {
    const from = ['tail', '--no-follow', '--json', '--from'];
    const all = eventsIn((await events([...from, 'start'])).stdout);
    expect(all).toHaveLength(5);
    const asked = async (...args: string[]) => eventsIn((await events([...from, ...args])).stdout);
    const mine = all.filter(({ tenantId }) => tenantId === MINE);
    expect(await asked('start', '--tenant', MINE)).toEqual(mine);
    expect(await asked('2026-01-01', '--type', 'sync.*')).toHaveLength(5);
    const second = mine[1]!.position;
    expect(await asked(String(second), '--tenant', MINE)).toEqual(mine.slice(1));
    expect((await events([...from, 'start', '--type', 'claim.*,sync.requested'])).stdout).toBe('');
    expect((await events([...from, '2100-01-01'])).stdout).toBe('');
  });

  it('tail prints what comes until Ctrl-C, and then ends with 0', async () => {
    const tail = spawn(process.execPath, [MAIN, 'tail', '--json', '--tenant', MINE], {
      env: environment(),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: tail.stdout })[Symbol.asyncIterator]();
    // It may begin a moment after the first of these: the next one it reads is printed.
    const appending = setInterval(() => {
      void append(THEIRS, 'connection-theirs', 1);
      void append(MINE, 'connection-tailed', 1);
    }, 200);
    const versions: number[] = [];
    while (versions.length < 3) {
      const { value } = await lines.next();
      const event = JSON.parse(String(value)) as RecordedEvent;
      expect(event).toMatchObject({ tenantId: MINE, streamId: 'connection-tailed' });
      versions.push(event.streamVersion);
    }
    clearInterval(appending);
    expect(versions).toEqual([versions[0], versions[0]! + 1, versions[0]! + 2]);
    tail.kill('SIGINT');
    tail.kill('SIGINT');
    expect(await once(tail, 'exit')).toEqual([0, null]);
  });

  it('ends with 0 when its reader goes, as with `| head`', async () => {
    await append(THEIRS, 'connection-many', 400);
    await append(THEIRS, 'connection-more', 400);
    const tail = spawn(process.execPath, [MAIN, 'tail', '--from', 'start', '--no-follow'], {
      env: environment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said: unknown[] = [];
    tail.stderr.on('data', (words) => said.push(String(words)));
    await once(tail.stdout, 'data');
    tail.stdout.destroy();
    expect(await once(tail, 'exit')).toEqual([0, null]);
    expect(said).toEqual([]);
  });

  it('what would steer a terminal is shown as it is spelled', async () => {
    const [event] = someEvents(1);
    const tenantId = 'tenant-\u001b[31mred\u202e';
    await store.append({
      ...{ tenantId, streamId: 'connection-red', expected: 'any' },
      events: [event!],
    });
    const shown = await events(['tail', '--no-follow', '--tenant', tenantId, '--from', 'start']);
    const shownStream = await events(['show', 'connection-red']);
    for (const { stdout } of [shown, shownStream]) {
      expect(stdout).toContain('tenant-\\u001b[31mred\\u202e');
      expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    }
  });
});

describe('npm run events -- parked', () => {
  const parkedAt = async (position: number, attempts: number): Promise<void> => {
    const admin = new Pool({ connectionString: database.adminUrl });
    await admin.query(
      `insert into consumer.parked (consumer, shard, position, stream_id, attempts, error)
       select 'detection', shard, position, stream_id, $3, case when $3 > 0 then 'poisoned' end
       from log.event where shard = $1 and position = $2`,
      [shardOf(MINE), position, attempts],
    );
    await admin.end();
  };

  it('lists, shows and re-drives, tells that no service has tried, and logs who asked', async () => {
    const [first, second] = await store.readStream(MINE, 'connection-mine');
    await parkedAt(first!.position, 8);
    await parkedAt(second!.position, 0);
    const list = await events(['parked']);
    expect(list.stdout).toContain('detection: connection-mine of tenant-mine');
    expect(list.stdout).toContain('8 tries');
    expect(list.stdout).toContain('given up: waits for an operator: poisoned');
    expect((await events(['parked', '--consumer', 'evidence'])).stdout).toBe(
      'Nothing is parked.\n',
    );
    const [shown] = toldIn((await events(['parked', 'show', 'connection-mine', '--json'])).stdout);
    expect(shown).toMatchObject({
      parked: { attempts: 8, waiting: 1 },
      event: first,
      behind: [{ position: second!.position, type: second!.type }],
    });

    const redriven = await events(['parked', 'redrive', '--all', '--wait', '0']);
    expect(redriven).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('it is due, and detection tries it when it runs'),
    });
    expect(toldIn(redriven.stderr)).toMatchObject([
      {
        audit: 'parked.redrive',
        stream: 'connection-mine',
        operator: expect.stringMatching(/.@./),
      },
      { audit: 'parked.redriven', outcome: 'untried' },
    ]);
    const [after] = toldIn((await events(['parked', '--json'])).stdout);
    expect(after?.parked?.nextTry).toMatch(/^20/);
  });

  it('looks over connections that cannot write', async () => {
    process.env['DATABASE_URL'] = environment()['DATABASE_URL'];
    await using log = openLogForReading();
    const refused = await log.pool.query('delete from consumer.parked').catch(codeOf);
    expect(refused).toBe('25006'); // read_only_sql_transaction
  });
});

describe('npm run events -- rebuild', () => {
  it('rebuilds every read model, and tells of each as a line of JSON', async () => {
    const { code, stdout, stderr } = await events(['rebuild', '--all', '--json']);
    expect(code).toBe(0);
    const told = toldIn(stdout).map(({ rebuilt }) => rebuilt);
    expect(told).toContain('claim');
    expect(toldIn(stderr)[0]).toMatchObject({ progress: told[0], unit: 'events' });
  });
});
