import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { streams } from '@recoup/contracts';
import { openEventStore } from '@recoup/event-store';
import { sleep } from '@recoup/kernel';
import { openPool } from '@recoup/service-kit';
import {
  createDatabase,
  eventually,
  natsServer,
  spawnService,
  type SpawnedService,
} from '@recoup/testkit';
import { Client } from 'pg';
import { pino } from 'pino';
import { giveDocument } from './give-document.js';
import { openHeldScanner } from './held-scanner.js';
import { pdfWith } from './invoice-pdf.js';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const TENANT = 'reads';
const GENEROUS = { timeoutMs: 120_000 };

/** Where a reading stands when its process dies. */
export const MOMENTS = [
  'while it is scanned',
  'while its text is read',
  'before its text is kept',
  'before its reading is in the log',
  'before its work is settled',
] as const;
export type Moment = (typeof MOMENTS)[number];

/** What a round has come to, once another process has ended what the first began. */
export interface Round {
  /** Whether the reading was in the log when the process died. */
  readonly readBefore: boolean;
  /** All events of the document. */
  readonly events: readonly string[];
  /** Rows of texts kept for it. */
  readonly texts: number;
}

export interface ReadingStage extends AsyncDisposable {
  /** Gives a document, kills the process at this moment, so many milliseconds in, and lets another go on. */
  round(moment: Moment, afterMs: number): Promise<Round>;
}

/** What holds a process up at a moment, in a transaction that is open until then. */
const LOCKS: Readonly<Partial<Record<Moment, string>>> = {
  'before its text is kept': 'lock table evidence.document_text in access exclusive mode',
  'before its reading is in the log': 'lock table log.event in exclusive mode',
  'before its work is settled': `select from evidence.due_work where kind = 'reading' for update`,
};

export async function openReadingStage(): Promise<ReadingStage> {
  const folder = await mkdtemp(join(tmpdir(), 'recoup-reading-'));
  const [database, nats, scanner] = await Promise.all([
    createDatabase(),
    natsServer(),
    openHeldScanner(),
  ]);
  const log = pino({ level: 'silent' });
  const url = database.urlOf('recoup_evidence_follow');
  const pool = openPool({ url, name: 'testing', log, max: 2 });
  const store = openEventStore(pool);
  const admin = new Client({ connectionString: database.adminUrl });
  const holder = new Client({ connectionString: database.adminUrl });
  await Promise.all([admin.connect(), holder.connect()]);
  const encryptionKey = randomBytes(32);
  const storageUrl = pathToFileURL(folder).href;
  const start = () =>
    spawnService({
      script: MAIN,
      env: {
        DATABASE_URL: url,
        NATS_URL: nats.url,
        OPS_PORT: '0',
        STORAGE_URL: storageUrl,
        DOCUMENT_ENCRYPTION_KEY: encryptionKey.toString('base64'),
        MALWARE_SCAN_URL: scanner.url,
      },
    });
  let running: SpawnedService = await start();

  const eventsOf = async (documentId: string): Promise<string[]> =>
    (await store.readStream(TENANT, streams.document(documentId))).map(({ type }) => type);
  const count = async (text: string, values: unknown[] = []): Promise<number> =>
    (await admin.query(text, values)).rowCount ?? 0;

  /** Whether somebody waits for what is held. */
  const heldUp = async (): Promise<boolean> => {
    const { rows } = await holder.query<{ pid: number }>('select pg_backend_pid() as pid');
    const waiting = 'select from pg_stat_activity where pg_blocking_pids(pid) @> array[$1::int]';
    return (await count(waiting, [rows[0]?.pid])) > 0;
  };

  /** Lets the process come to the moment, and no further. */
  const reach = async (moment: Moment): Promise<void> => {
    await eventually(() => scanner.waiting > 0, GENEROUS);
    if (moment === 'while it is scanned') return;
    const lock = LOCKS[moment];
    if (lock === undefined) {
      scanner.release();
      return;
    }
    await holder.query('begin');
    await holder.query(lock);
    scanner.release();
    await eventually(heldUp, GENEROUS);
  };

  return {
    async round(moment, afterMs) {
      scanner.hold();
      const bytes = await pdfWith([[40, 40, `Invoice No. ${randomBytes(4).toString('hex')}`]]);
      const given = { pool, store, storageUrl, encryptionKey };
      const documentId = await giveDocument(given, TENANT, { bytes });
      await reach(moment);
      await sleep(afterMs);
      await running.kill9();
      const readBefore = (await eventsOf(documentId)).includes('claim.document_read');
      await holder.query('rollback');
      scanner.release();
      // The time for which the dead process had taken its work is over.
      await admin.query(
        `update evidence.due_work set leased_until = '-infinity', next_try = now()`,
      );
      running = await start();
      await eventually(
        async () =>
          (await eventsOf(documentId)).includes('claim.document_read') &&
          (await count(`select from evidence.due_work where kind = 'reading'`)) === 0,
        GENEROUS,
      );
      return {
        readBefore,
        events: await eventsOf(documentId),
        texts: await count('select from evidence.document_text where document_id = $1', [
          documentId,
        ]),
      };
    },
    async [Symbol.asyncDispose]() {
      scanner.release();
      await running.stop();
      await Promise.all([admin.end(), holder.end(), pool.end()]);
      await scanner[Symbol.asyncDispose]();
      await nats[Symbol.asyncDispose]();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
