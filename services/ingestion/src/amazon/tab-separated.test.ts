import { describe, expect, it } from 'vitest';
import { columnName, tabSeparated, type ReportRow } from './tab-separated.js';

async function rowsOf(...chunks: string[]): Promise<ReportRow[]> {
  async function* text(): AsyncGenerator<string> {
    for (const chunk of chunks) yield await Promise.resolve(chunk);
  }
  const rows: ReportRow[] = [];
  for await (const row of tabSeparated(text())) rows.push(row);
  return rows;
}

describe('columnName', () => {
  it.each([
    'Fulfillment Center',
    'fulfillment-center',
    'fulfillment_center',
    ' Fulfillment  Center ',
  ])('given %s, then one name', (header) => expect(columnName(header)).toBe('fulfillment_center'));
});

describe('tabSeparated', () => {
  it('given a quoted report cut anywhere, then its rows, with tabs and quotes inside quotes', async () => {
    const report = '"Date"\t"Title"\r\n"01/02/2026"\t"a ""good""\tthing"\r\n';
    for (let cut = 1; cut < report.length; cut += 1) {
      const rows = await rowsOf(report.slice(0, cut), report.slice(cut));
      expect(rows).toEqual([{ date: '01/02/2026', title: 'a "good"\tthing' }]);
    }
  });

  it('given an unquoted report, then quotes are part of the text', async () => {
    const rows = await rowsOf('sku\tproduct-name\nA\t"27 inch" screen\nB\t27" screen\nC\t"open\n');
    expect(rows.map((row) => row['product_name'])).toEqual([
      '"27 inch" screen',
      '27" screen',
      '"open',
    ]);
  });

  it('given only a header, then no rows', async () => {
    expect(await rowsOf('sku\tfnsku\n')).toEqual([]);
  });

  it('given nothing, then no rows', async () => {
    expect(await rowsOf('')).toEqual([]);
  });
});
