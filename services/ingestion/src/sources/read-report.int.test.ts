import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ReportFailed } from '../amazon/errors.js';
import type { SpApiClient } from '../amazon/sp-api-client.js';
import { startSimulatedAmazon, type SimulatedAmazon } from '../testing/simulated-amazon.js';
import { openUnlimitedClient } from '../testing/unlimited-client.js';
import { systemTimer, type Timer } from '../timer.js';
import { readReport } from './read-report.js';
import { openReportLists } from './report-lists.js';
import type { SourceContext, SyncWindow } from './source.js';

const SELLER = 'A0READREPORT1';
const DAY_MS = 86_400_000;

let amazon: SimulatedAmazon;
beforeAll(async () => {
  amazon = await startSimulatedAmazon({ orders: 500, rateScale: 100_000 });
});
afterAll(() => amazon[Symbol.asyncDispose]());

const documentsAsked = async (): Promise<number | undefined> =>
  (await amazon.calls(SELLER)).get('getReportDocument')?.calls;

/** A month of the ledger, row by row. */
function readLedger(
  row: () => Promise<void>,
  {
    timer = systemTimer,
    client = openUnlimitedClient(amazon),
    endpoint = amazon.origin,
    days = 30,
  }: Partial<SourceContext> & { days?: number } = {},
): Promise<boolean> {
  const { signal } = new AbortController();
  const context: Partial<SourceContext> = {
    timer,
    client,
    caller: { sellerId: SELLER, region: 'na', sync: null, signal },
    endpoint,
    timeScale: 100_000,
    reportTook: () => undefined,
    soonestReport: () => 0,
    reportLists: openReportLists(),
    rememberReport: () => Promise.resolve(),
  };
  const to = new Date(Math.floor(Date.now() / DAY_MS) * DAY_MS);
  const window: Partial<SyncWindow> = {
    from: new Date(to.getTime() - days * DAY_MS),
    to,
    reportId: null,
    reportAsks: 0,
  };
  return readReport(context as SourceContext, window as SyncWindow, {
    request: { reportType: 'GET_LEDGER_DETAIL_VIEW_DATA', marketplaceIds: ['ATVPDKIKX0DER'] },
    mayBeEmpty: false,
    row,
    restart: () => Promise.resolve(),
  });
}

describe('a report whose rows cannot be stored', () => {
  it('then the failure is thrown as it is, and the document is not fetched again', async () => {
    const unreachable = new Error('the database is not there');
    await expect(readLedger(() => Promise.reject(unreachable))).rejects.toBe(unreachable);
    expect(await documentsAsked()).toBe(1);
  });
});

describe('a report of which Amazon was asked, and whose answer was lost', () => {
  it('then it is found and read, although Amazon ends every later one as if there were no data', async () => {
    await using slow = await startSimulatedAmazon({
      orders: 500,
      rateScale: 240,
      settings: { SANDBOX_REPORT_COOLDOWN: 'on' },
    });
    await slow.fault({ operation: 'createReport', mode: 'reset_body' });
    let rows = 0;
    const row = (): Promise<void> => Promise.resolve(void (rows += 1));
    const client = openUnlimitedClient(slow);
    expect(await readLedger(row, { client, endpoint: slow.origin })).toBe(true);
    expect(rows).toBeGreaterThan(0);
    expect((await slow.calls(SELLER)).get('createReport')?.calls).toBe(2);
  });

  it('then a report that holds nothing is still believed to hold nothing', async () => {
    const client = openUnlimitedClient(amazon);
    await amazon.fault({ operation: 'createReport', mode: 'cancelled', times: 2 });
    const row = (): Promise<void> => Promise.reject(new Error('no row is to be read'));
    expect(await readLedger(row, { client, days: 29 })).toBe(false);
  });
});

describe('a report whose document breaks off', () => {
  /** Reads the month while the document fails, and tells what came of it. */
  async function readBroken(times: number | 'always') {
    await amazon.fault({ operation: 'document', status: 503, times });
    const waits: number[] = [];
    const timer: Timer = {
      ...systemTimer,
      sleep: (ms) => Promise.resolve(void waits.push(ms)),
    };
    let rows = 0;
    const row = () => Promise.resolve(void (rows += 1));
    const before = (await documentsAsked()) ?? 0;
    const read = await readLedger(row, { timer }).catch((error: unknown) => error);
    const asked = ((await documentsAsked()) ?? 0) - before;
    await amazon.heal();
    return { read, rows, asked, longestWait: Math.max(...waits) };
  }

  it('then it is fetched again, after longer and longer waits, until it is whole', async () => {
    const calm = await readBroken(1);
    const { read, rows, asked, longestWait } = await readBroken(5);
    expect(read).toBe(true);
    expect(rows).toBe(calm.rows);
    expect(asked).toBe(6);
    expect(longestWait).toBeGreaterThan(calm.longestWait);
  });

  it('and it stays so, then the report is said to have failed', async () => {
    const { read, rows, asked } = await readBroken('always');
    expect(read).toBeInstanceOf(ReportFailed);
    expect(String(read)).toContain('HTTP 503');
    expect({ rows, asked }).toEqual({ rows: 0, asked: 6 });
  });
});

describe('a report that Amazon never makes', () => {
  it('then it is given up, asked for again, and at last said to have failed', async () => {
    const amazonItself = openUnlimitedClient(amazon);
    const client: SpApiClient = {
      call: (caller, call, schema) =>
        call.operation === 'getReport'
          ? Promise.resolve(schema.parse({ processingStatus: 'IN_QUEUE' }) as never)
          : amazonItself.call(caller, call, schema),
    };
    // Three minutes pass between two looks at the clock.
    let looks = 0;
    const now = (): Date => new Date((looks += 1) * 180_000);
    const timer: Timer = { ...systemTimer, now, sleep: () => Promise.resolve() };
    const reading = readLedger(() => Promise.resolve(), { timer, client });
    await expect(reading).rejects.toThrow('GET_LEDGER_DETAIL_VIEW_DATA failed 3 times');
  });
});
