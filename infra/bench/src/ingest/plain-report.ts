import { gunzipSync } from 'node:zlib';
import { sleep } from '@recoup/kernel';
import type { Get, Row } from './plain-caller.js';
import type { PlainWindow } from './plain-pages.js';

/** Rows that one insert carries. */
const PORTION = 1000;

/** Amazon's name of a report where the plan has one name for two: by creation and by change. */
const TYPE_OF: Readonly<Record<string, string>> = {
  GET_FLAT_FILE_ALL_ORDERS_DATA: 'GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL',
};

/** The rows of a window that is read by a report, which is asked for, waited for and taken into memory whole. */
export async function* reportRows(
  get: Get,
  { marketplaceIds, window }: PlainWindow,
): AsyncGenerator<readonly Row[]> {
  const { reportId } = await get('/reports/2021-06-30/reports', {
    reportType: TYPE_OF[window.route] ?? window.route,
    marketplaceIds: window.scope === '' ? marketplaceIds : [window.scope],
    dataStartTime: window.from.toISOString(),
    dataEndTime:
      window.basis === 'snapshot'
        ? window.to.toISOString()
        : new Date(window.to.getTime() - 1).toISOString(),
  });
  for (;;) {
    const report = await get(`/reports/2021-06-30/reports/${String(reportId)}`);
    if (report['processingStatus'] === 'CANCELLED') return;
    if (report['processingStatus'] === 'FATAL') throw new Error(`${window.route} was FATAL`);
    if (report['processingStatus'] === 'DONE') {
      yield* documentRows(get, String(report['reportDocumentId']));
      return;
    }
    await sleep(5);
  }
}

async function* documentRows(get: Get, documentId: string): AsyncGenerator<readonly Row[]> {
  const { url, compressionAlgorithm } = await get(`/reports/2021-06-30/documents/${documentId}`);
  const packed = Buffer.from(await (await fetch(String(url))).arrayBuffer());
  const text = (compressionAlgorithm === 'GZIP' ? gunzipSync(packed) : packed).toString('utf8');
  const [header = '', ...lines] = text.split('\n');
  const names = header.split('\t');
  for (let start = 0; start < lines.length; start += PORTION) {
    yield lines
      .slice(start, start + PORTION)
      .filter((line) => line !== '')
      .map((line) => Object.fromEntries(line.split('\t').map((cell, n) => [names[n] ?? '', cell])));
  }
}
