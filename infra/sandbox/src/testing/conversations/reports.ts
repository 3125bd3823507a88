import { z } from 'zod';
import { CA_ID, US_ID, type Rig } from '../rig.js';
import { REPORT_TYPES } from '../../spapi/report-types.js';
import { askPages, type Talk } from './conversation.js';

const REPORTS = '/reports/2021-06-30/reports';
const DOCUMENTS = '/reports/2021-06-30/documents';

const created = z.object({ reportId: z.string() });
const report = z.object({ reportDocumentId: z.string().optional() });
const reportsPage = z.object({ nextToken: z.string().optional() });

const WHOLE_YEAR = {
  reportType: 'GET_LEDGER_DETAIL_VIEW_DATA',
  marketplaceIds: [US_ID],
  dataStartTime: '2025-03-15T00:00:00Z',
  dataEndTime: '2026-03-09T00:00:00Z',
};

/** A report that was asked for just now. */
async function newReport(rig: Rig, body: object = WHOLE_YEAR): Promise<string> {
  const reply = await rig.call(REPORTS, { method: 'POST', body });
  return created.parse(reply.json).reportId;
}

export const createReport: Talk = async ({ ask }) => {
  const post = (body: unknown) => ask(REPORTS, { method: 'POST', body });
  for (const reportType of REPORT_TYPES.keys()) await post({ ...WHOLE_YEAR, reportType });
  await post({ reportType: WHOLE_YEAR.reportType, marketplaceIds: [US_ID] });
  await post({});
  await post({ ...WHOLE_YEAR, reportType: 'GET_NO_SUCH_DATA' });
  await post({ ...WHOLE_YEAR, dataEndTime: '2025-01-01T00:00:00Z' });
  await post({ ...WHOLE_YEAR, marketplaceIds: [CA_ID] });
};

export const getReport: Talk = async ({ rig, ask, askNow }) => {
  const path = `${REPORTS}/${await newReport(rig)}`;
  // In the queue, in progress, done.
  await askNow(path);
  rig.advance(400);
  await askNow(path);
  await ask(path);
  const empty = {
    ...WHOLE_YEAR,
    dataStartTime: '2024-01-01T00:00:00Z',
    dataEndTime: '2024-01-02T00:00:00Z',
  };
  await ask(`${REPORTS}/${await newReport(rig, empty)}`);
  await rig.call('/sandbox/faults', {
    method: 'POST',
    body: { operation: 'createReport', mode: 'fatal' },
  });
  await ask(`${REPORTS}/${await newReport(rig)}`);
  await ask(`${REPORTS}/made-up`);
};

export const cancelReport: Talk = async ({ rig, ask, askNow }) => {
  const path = `${REPORTS}/${await newReport(rig)}`;
  await askNow(path, { method: 'DELETE' });
  await ask(path, { method: 'DELETE' });
  await ask(`${REPORTS}/made-up`, { method: 'DELETE' });
};

export const getReports: Talk = async (talk) => {
  for (let count = 0; count < 12; count += 1) {
    talk.rig.advance(5_000);
    await newReport(talk.rig);
  }
  const path = `${REPORTS}?reportTypes=${WHOLE_YEAR.reportType}`;
  const first = reportsPage.parse((await talk.ask(`${path}&pageSize=5`)).json);
  await askPages(talk, `${REPORTS}?nextToken=${first.nextToken}`, {
    parameter: 'nextToken',
    tokenOf: () => undefined,
    most: 1,
  });
  await talk.ask(`${path}&processingStatuses=DONE,CANCELLED&marketplaceIds=${US_ID}&pageSize=100`);
  await talk.ask(REPORTS);
  await talk.ask(`${path}&processingStatuses=BAD_VALUE`);
  await talk.ask(`${path}&nextToken=${first.nextToken}`);
};

export const getReportDocument: Talk = async ({ rig, ask }) => {
  const reportId = await newReport(rig);
  rig.advance(5_000);
  const done = report.parse((await rig.call(`${REPORTS}/${reportId}`)).json);
  const path = `${DOCUMENTS}/${done.reportDocumentId}`;
  await ask(path);
  await ask(`${path}?enableContentEncodingUrlHeader=true`);
  await ask(`${DOCUMENTS}/made-up`);
  await ask(`${path}?unknown=1`);
};
