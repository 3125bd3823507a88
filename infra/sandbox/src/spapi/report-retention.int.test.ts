import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { startRig, US_ID, US_SELLER, type Rig } from '../testing/rig.js';
import { report } from '../testing/shapes.js';

const BASE = '/reports/2021-06-30';
const DAY_MS = 86_400_000;

/** How a report is found, by its id and in the list, when so many more days have passed. */
async function later(rig: Rig, days: number, reportId: string) {
  rig.advance(days * DAY_MS);
  const token = await rig.accessToken(US_SELLER);
  const { status, json } = await rig.call(`${BASE}/reports/${reportId}`, { token });
  const list = await rig.call(`${BASE}/reports?reportTypes=${REPORTS.join()}`, { token });
  const { reports } = z.object({ reports: z.array(report) }).parse(list.json);
  return { status, json, listed: reports.length, token };
}

const REPORTS = [
  'GET_LEDGER_DETAIL_VIEW_DATA',
  'GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL',
] as const;

describe('given a report that was made long ago', () => {
  test.each([
    [REPORTS[0], 90],
    [REPORTS[1], 30],
  ])('then %s is kept for %d days, and its document with it', async (reportType, days) => {
    await using rig = await startRig({ SPAPI_RATE_SCALE: 60 });
    const window = { dataStartTime: '2026-02-01', dataEndTime: '2026-03-01' };
    const body = { reportType, marketplaceIds: [US_ID], ...window };
    const asked = await rig.call(`${BASE}/reports`, { method: 'POST', body });
    const { reportId } = z.object({ reportId: z.string() }).parse(asked.json);

    const kept = await later(rig, days - 1, reportId);
    expect(kept).toMatchObject({ status: 200, listed: 1 });
    const { reportDocumentId } = z.object({ reportDocumentId: z.string() }).parse(kept.json);
    const document = `${BASE}/documents/${reportDocumentId}`;
    expect((await rig.call(document, { token: kept.token })).status).toBe(200);

    const gone = await later(rig, 2, reportId);
    expect(gone).toMatchObject({ status: 404, listed: 0 });
    expect((await rig.call(document, { token: gone.token })).status).toBe(404);
  });
});
