import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { startRig, US_ID, type Rig } from '../testing/rig.js';
import { report } from '../testing/shapes.js';
import { cooldownMs } from './report-cooldown.js';

const PATH = '/reports/2021-06-30/reports';
const PAID = 'GET_FBA_REIMBURSEMENTS_DATA';
const LEDGER = 'GET_LEDGER_DETAIL_VIEW_DATA';
const MINUTE = 60_000;
/** Amazon's own rate, and a token for the whole of a long day. */
const AMAZONS = { SPAPI_RATE_SCALE: 1, SANDBOX_TOKEN_SECONDS: 86_400 };

/** Asks for a report, and answers how it ends and how long it took. */
async function made(rig: Rig, reportType: string, dataStartTime: string) {
  const body = { reportType, marketplaceIds: [US_ID], dataStartTime, dataEndTime: '2026-03-09' };
  const reply = await rig.call(PATH, { method: 'POST', body });
  const { reportId } = z.object({ reportId: z.string() }).parse(reply.json);
  rig.advance(60 * MINUTE);
  const { processingStatus, createdTime, processingEndTime } = report
    .extend({ processingEndTime: z.iso.datetime() })
    .parse((await rig.call(`${PATH}/${reportId}`)).json);
  return {
    status: processingStatus,
    seconds: (Date.parse(processingEndTime) - Date.parse(createdTime)) / 1_000,
  };
}

describe('given cooldowns of reports', () => {
  test('when a daily report is asked for again within four hours, then it ends without data', async () => {
    await using rig = await startRig({ ...AMAZONS, SANDBOX_REPORT_COOLDOWN: 'on' });
    const ask = async () => (await made(rig, PAID, '2025-06-01')).status;
    expect(await ask()).toBe('DONE');
    expect(await ask()).toBe('CANCELLED');
    expect(await ask()).toBe('FATAL');
    expect((await made(rig, PAID, '2025-07-01')).status).toBe('DONE');
    rig.advance(2 * 60 * MINUTE);
    expect(await ask()).toBe('DONE');
  });

  test('when they are off, then it can be asked for as often as the rate allows', async () => {
    await using rig = await startRig(AMAZONS);
    expect((await made(rig, PAID, '2025-06-01')).status).toBe('DONE');
    expect((await made(rig, PAID, '2025-06-01')).status).toBe('DONE');
  });

  test('then reports of orders have none, and near-real-time ones a short one', () => {
    expect(cooldownMs('GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL')).toBe(0);
    expect(cooldownMs('GET_FBA_FULFILLMENT_REMOVAL_ORDER_DETAIL_DATA')).toBe(30 * MINUTE);
    expect(cooldownMs(LEDGER)).toBe(240 * MINUTE);
  });
});

describe('given a pace at which rows are made', () => {
  test('then a longer report takes longer', async () => {
    await using rig = await startRig({ ...AMAZONS, SANDBOX_REPORT_ROWS_PER_SECOND: 10 });
    const week = await made(rig, LEDGER, '2026-03-02');
    const month = await made(rig, LEDGER, '2026-02-09');
    expect(week.seconds).toBeGreaterThan(22);
    expect(month.seconds - 20).toBeGreaterThan(2 * (week.seconds - 20));
  });
});
