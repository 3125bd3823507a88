import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isStated } from '../causes/cause.js';
import { z } from 'zod';
import { CA_ID, CA_SELLER, refusal, startRig, US_ID, US_SELLER, type Rig } from '../testing/rig.js';
import { report, truth } from '../testing/shapes.js';

const LEDGER = 'GET_LEDGER_DETAIL_VIEW_DATA';
const PAID = 'GET_FBA_REIMBURSEMENTS_DATA';
const BASE = '/reports/2021-06-30';

let rig: Rig;
beforeEach(async () => {
  rig = await startRig({ SPAPI_RATE_SCALE: 60 });
});
afterEach(() => rig[Symbol.asyncDispose]());

async function ask(reportType: string, window: readonly [string, string], more: object = {}) {
  const [dataStartTime, dataEndTime] = window;
  const body = { reportType, marketplaceIds: [US_ID], dataStartTime, dataEndTime, ...more };
  const reply = await rig.call(`${BASE}/reports`, { method: 'POST', body });
  expect(reply.status).toBe(202);
  return z.object({ reportId: z.string() }).parse(reply.json).reportId;
}
const look = async (id: string) => report.parse((await rig.call(`${BASE}/reports/${id}`)).json);
const documentSchema = z.object({ url: z.url(), compressionAlgorithm: z.literal('GZIP') });

async function linkTo(id: string): Promise<string> {
  rig.advance(60_000);
  const { reportDocumentId } = await look(id);
  const reply = await rig.call(`${BASE}/documents/${reportDocumentId ?? ''}`);
  return documentSchema.parse(reply.json).url;
}

async function download(id: string): Promise<{ charset: string; lines: string[][] }> {
  const response = await fetch(await linkTo(id));
  expect(response.status).toBe(200);
  const charset = /charset=(.+)$/.exec(response.headers.get('content-type') ?? '')?.[1] ?? '';
  const bytes = gunzipSync(Buffer.from(await response.arrayBuffer()));
  const text = new TextDecoder(charset).decode(bytes);
  return {
    charset,
    lines: text
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split('\t')),
  };
}

describe('given a report that was asked for', () => {
  test('then it waits, is made, and is done; after about a second at sixty times the rate', async () => {
    const id = await ask(LEDGER, ['2026-02-01T00:00:00Z', '2026-03-01T00:00:00Z']);
    expect((await look(id)).processingStatus).toBe('IN_QUEUE');
    rig.advance(500);
    const making = await look(id);
    expect(making.processingStatus).toBe('IN_PROGRESS');
    expect(making).not.toHaveProperty('reportDocumentId');
    rig.advance(500);
    expect((await look(id)).processingStatus).toBe('DONE');
  });

  test('when the process restarts, then the report goes on, and its document says the same', async () => {
    const id = await ask(PAID, ['2025-03-01T00:00:00Z', '2026-03-09T00:00:00Z']);
    await rig.restart();
    const first = await download(id);
    await rig.restart();
    expect(await download(id)).toEqual(first);
  });

  test('when there is nothing to report, then it ends as cancelled', async () => {
    const id = await ask(LEDGER, ['2024-01-01T00:00:00Z', '2024-02-01T00:00:00Z']);
    rig.advance(60_000);
    expect((await look(id)).processingStatus).toBe('CANCELLED');
  });

  test('when it is cancelled in the queue, then it is cancelled; later it cannot be', async () => {
    const window = ['2026-02-01T00:00:00Z', '2026-03-01T00:00:00Z'] as const;
    const [early, late] = [await ask(LEDGER, window), await ask(LEDGER, window)];
    const cancel = (id: string) => rig.call(`${BASE}/reports/${id}`, { method: 'DELETE' });
    expect((await cancel(early)).status).toBe(200);
    rig.advance(60_000);
    expect(refusal(await cancel(late))).toMatchObject({ status: 400, code: 'InvalidInput' });
    await rig.restart();
    expect((await look(early)).processingStatus).toBe('CANCELLED');
    expect((await look(late)).processingStatus).toBe('DONE');
  });

  test.each([
    ['fatal', 'FATAL'],
    ['cancelled', 'CANCELLED'],
  ])('when a test has ordered it to end %s, then the next one does', async (mode, status) => {
    await rig.call('/sandbox/faults', {
      method: 'POST',
      body: { operation: 'createReport', mode },
    });
    const id = await ask(LEDGER, ['2026-02-01T00:00:00Z', '2026-03-01T00:00:00Z']);
    rig.advance(60_000);
    expect((await look(id)).processingStatus).toBe(status);
  });

  test('then nobody else can see it', async () => {
    const id = await ask(LEDGER, ['2026-02-01T00:00:00Z', '2026-03-01T00:00:00Z']);
    const token = await rig.accessToken(CA_SELLER);
    const reply = await rig.call(`${BASE}/reports/${id}`, { token });
    expect(refusal(reply)).toMatchObject({ status: 404, code: 'NotFound' });
  });
});

describe('given the ledger report', () => {
  test('then monthly windows hold every row once, and the open units are those of the truth', async () => {
    const known = truth.parse((await rig.call(`/sandbox/sellers/${US_SELLER}/truth`)).json);
    const starts = Array.from({ length: 13 }, (_, n) =>
      new Date(Date.UTC(2025, 2 + n, 1)).toISOString(),
    );
    const rows: string[][] = [];
    for (const [at, from] of starts.entries()) {
      rig.advance(60_000);
      const id = await ask(LEDGER, [from, starts[at + 1] ?? '2026-03-10T00:00:00Z']);
      const { charset, lines } = await download(id);
      expect(charset).toBe('UTF-8');
      expect(lines[0]?.slice(0, 2)).toEqual(['"Date"', '"FNSKU"']);
      expect(lines[0]).toHaveLength(16);
      rows.push(...lines.slice(1));
    }
    expect(rows).toHaveLength(known.counts['ledgerRows'] ?? -1);
    const cell = (row: string[], at: number) => (row[at] ?? '').slice(1, -1);
    const stated = known.claims.filter(({ subtype }) => isStated(subtype));
    for (const { referenceIds, units, lossDay, fnsku } of stated) {
      const row = rows.find((one) => cell(one, 6) === referenceIds[0]) ?? [];
      const [year, month, day] = lossDay.split('-');
      expect([cell(row, 0), cell(row, 1)]).toEqual([
        `${month ?? ''}/${day ?? ''}/${year ?? ''}`,
        fnsku,
      ]);
      expect(cell(row, 13)).toBe(String(units));
    }
    const twins = rows.map((row) => row.join()).filter((row, at, all) => all.indexOf(row) !== at);
    expect(twins.length).toBeGreaterThan(10);
  });

  test('then a window that only touches a day gets all of it, and an end at midnight none of the next', async () => {
    const days = async (from: string, to: string) => {
      const { lines } = await download(await ask(LEDGER, [from, to]));
      return [...new Set(lines.slice(1).map(([date]) => date))];
    };
    const part = await days('2026-02-03T10:00:00Z', '2026-02-04T10:00:00Z');
    expect(part).toEqual(['"02/03/2026"', '"02/04/2026"']);
    expect(await days('2026-02-03T00:00:00Z', '2026-02-05T00:00:00Z')).toEqual(part);
  });
});

describe('given the reimbursement report', () => {
  test('then it is unquoted Latin-1, and each row adds up', async () => {
    const { charset, lines } = await download(
      await ask(PAID, ['2025-03-01T00:00:00Z', '2026-03-09T23:00:00Z']),
    );
    expect(charset).toBe('ISO-8859-1');
    const [header = [], ...rows] = lines;
    const at = (row: string[], name: string) => row[header.indexOf(name)] ?? '';
    expect(rows.some((row) => at(row, 'product-name').includes('é'))).toBe(true);
    for (const row of rows) {
      const cents = (name: string) => Math.round(Number(at(row, name)) * 100);
      const [cash, inventory] = [
        at(row, 'quantity-reimbursed-cash'),
        at(row, 'quantity-reimbursed-inventory'),
      ];
      expect(cents('amount-total')).toBe(cents('amount-per-unit') * Number(cash));
      expect(at(row, 'quantity-reimbursed-total')).toBe(String(Number(cash) + Number(inventory)));
    }
    const reversal = rows.find((row) => at(row, 'reason') === 'Reimbursement_Reversal') ?? [];
    const original = rows.find(
      (row) => at(row, 'reimbursement-id') === at(reversal, 'original-reimbursement-id'),
    );
    expect(at(original ?? [], 'reason')).toBe(at(reversal, 'original-reimbursement-type'));
    expect(Number(at(reversal, 'amount-total'))).toBe(-Number(at(original ?? [], 'amount-total')));
  });
});

describe('given the address of a document', () => {
  test('then it needs no token, works for five minutes, and cannot be made up', async () => {
    const url = await linkTo(await ask(LEDGER, ['2026-02-01T00:00:00Z', '2026-02-02T00:00:00Z']));
    expect(url.startsWith(rig.origin)).toBe(true);
    rig.advance(299_000);
    expect((await fetch(url)).status).toBe(200);
    rig.advance(2_000);
    const expired = await fetch(url);
    expect(expired.status).toBe(403);
    expect(await expired.text()).toContain('Request has expired');
    expect((await fetch(`${url}x`)).status).toBe(403);
  });

  test('when a test has ordered an expired one, then it is', async () => {
    const fault = { operation: 'getReportDocument', mode: 'expired_document' };
    await rig.call('/sandbox/faults', { method: 'POST', body: fault });
    const id = await ask(LEDGER, ['2026-02-01T00:00:00Z', '2026-02-02T00:00:00Z']);
    expect((await fetch(await linkTo(id))).status).toBe(403);
    expect((await fetch(await linkTo(id))).status).toBe(200);
  });
});

describe('given the list of reports', () => {
  const page = z.object({ reports: z.array(report), nextToken: z.string().optional() });

  test('then its token stands alone, and leads through all of them, newest first', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 5; n += 1) ids.push(await ask(PAID, ['2026-01-01', '2026-02-01']));
    const first = page.parse(
      (await rig.call(`${BASE}/reports?reportTypes=${PAID}&pageSize=3`)).json,
    );
    const token = first.nextToken ?? '';
    const second = page.parse((await rig.call(`${BASE}/reports?nextToken=${token}`)).json);
    const seen = [...first.reports, ...second.reports].map(({ reportId }) => reportId);
    expect(seen).toEqual(ids.reverse());
    expect(second.nextToken).toBeUndefined();
    const mixed = await rig.call(`${BASE}/reports?nextToken=${token}&pageSize=3`);
    expect(refusal(mixed)).toMatchObject({ status: 400, code: 'InvalidInput' });
    expect((await rig.call(`${BASE}/reports`)).status).toBe(400);
  });
});

describe('given a report that cannot be asked for', () => {
  test.each([
    [
      'a type that is not requestable',
      { reportType: 'GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2' },
    ],
    ['no marketplace', { marketplaceIds: [] }],
    ['an unknown marketplace', { marketplaceIds: ['NOWHERE'] }],
    ['an end before its start', { dataStartTime: '2026-02-02', dataEndTime: '2026-02-01' }],
    ['a start in the future', { dataStartTime: '2027-01-01', dataEndTime: '2027-02-01' }],
  ])('when it has %s, then it is refused as invalid', async (_, wrong) => {
    const body = { reportType: LEDGER, marketplaceIds: [US_ID], ...wrong };
    const reply = await rig.call(`${BASE}/reports`, { method: 'POST', body });
    expect(refusal(reply)).toMatchObject({ status: 400, code: 'InvalidInput' });
  });

  test('when the seller does not sell there, then it is refused as unauthorized', async () => {
    const body = { reportType: LEDGER, marketplaceIds: [CA_ID] };
    const reply = await rig.call(`${BASE}/reports`, { method: 'POST', body });
    expect(refusal(reply)).toMatchObject({ status: 403, code: 'Unauthorized' });
  });
});
