import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UnexpectedAnswer } from './errors.js';
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
    'FulfillmentCenter',
  ])('given %s, then one name', (header) => expect(columnName(header)).toBe('fulfillment_center'));

  it.each([
    ['ReferenceID', 'reference_id'],
    ['FNSKU', 'fnsku'],
    ['Warehouse Transfer In/Out', 'warehouse_transfer_in_out'],
    ['WarehouseTransferIn/Out', 'warehouse_transfer_in_out'],
  ])('given %s, then %s', (header, name) => expect(columnName(header)).toBe(name));
});

describe('tabSeparated', () => {
  it('given a quoted report cut anywhere, then its rows, with tabs, quotes and newlines inside quotes', async () => {
    const report = '"Date"\t"Title"\r\n"01/02/2026"\t"a ""good""\tthing\nof two lines"\r\n';
    for (let cut = 1; cut < report.length; cut += 1) {
      const rows = await rowsOf(report.slice(0, cut), report.slice(cut));
      expect(rows).toEqual([{ date: '01/02/2026', title: 'a "good"\tthing\nof two lines' }]);
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
    expect(await rowsOf('sku\tfnsku')).toEqual([]);
  });

  it('given rows without their last columns, or with an empty one more, then read as far as they go', async () => {
    const rows = await rowsOf('sku\tname\tcomment\t\r\nA\tx\tfine\t\r\n\r\nB\ty\r\nC\tz\t\t\t');
    expect(rows).toEqual([
      { sku: 'A', name: 'x', comment: 'fine' },
      { sku: 'B', name: 'y' },
      { sku: 'C', name: 'z', comment: '' },
    ]);
  });

  it('given a header that names a column twice, then both are kept', async () => {
    const [row] = await rowsOf('SKU\tName\tsku\nA\tx\tB\n');
    expect(row).toEqual({ sku: 'A', name: 'x', sku_2: 'B' });
  });

  it.each([
    ['a web page', '<!DOCTYPE html>\n<html><body>Service Unavailable</body></html>'],
    ['an XML error', '<?xml version="1.0"?>\t<Error><Code>AccessDenied</Code></Error>'],
    ['a sentence', 'There was an error while generating the report.'],
    ['a row longer than the header', 'sku\tname\nA\tx\tshifted\n'],
  ])('given %s, then refused instead of read as a report', async (_, text) => {
    await expect(rowsOf(text)).rejects.toBeInstanceOf(UnexpectedAnswer);
  });

  it('given nothing at all, or a quote that is never closed, then an error', async () => {
    await expect(rowsOf('')).rejects.toThrow('empty');
    await expect(rowsOf('"sku"\t"name"\n"A"\t"torn')).rejects.toThrow('within a quoted field');
  });

  it('given a stray quote in a quoted field, then it is text, unless it would run fields or rows together', async () => {
    const header = '"sku"\t"name"\n';
    expect(await rowsOf(`${header}"A"\t"10" pan"\r\n"B"\t"lid"\r\n`)).toEqual([
      { sku: 'A', name: '10" pan' },
      { sku: 'B', name: 'lid' },
    ]);
    const merging = [`${header}"A"x\t"pan"\n`, `${header}"A"\t"pan"x\n"B"\t"lid"\n`];
    for (const report of merging) {
      await expect(rowsOf(report)).rejects.toBeInstanceOf(UnexpectedAnswer);
    }
  });

  it('given a quoted report whose last fields are not quoted, then the line end is not part of them', async () => {
    const rows = await rowsOf('"sku"\t"name"\r\n"A"\t\r\n"B"\tlid\r\n\r\n"C"\t"pan"\r');
    expect(rows).toEqual([
      { sku: 'A', name: '' },
      { sku: 'B', name: 'lid' },
      { sku: 'C', name: 'pan' },
    ]);
  });

  it.each(['', '"'])('given a row that does not end (quote: %j), then refused', async (quote) => {
    const piece = 'x'.repeat(1 << 18);
    const text = [`${quote}sku${quote}\tname\n${quote}`, ...Array.from({ length: 5 }, () => piece)];
    await expect(rowsOf(...text)).rejects.toThrow('a row that does not end');
  });

  it('given any table, however quoted and cut, then what an independent parser reads', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'é', '"', ' ', '漢', '\t', '\n', '\r\n') });
    const table = fc.record({
      rows: fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 6 }),
      newline: fc.constantFrom('\n', '\r\n'),
      cuts: fc.array(fc.nat(200), { maxLength: 4 }),
    });
    const quoted = (fields: readonly string[]): string =>
      fields.map((field) => `"${field.replaceAll('"', '""')}"`).join('\t');
    await fc.assert(
      fc.asyncProperty(table, async ({ rows, newline, cuts }) => {
        const text = [['x', 'y', 'z'], ...rows].map(quoted).join(newline);
        const places = [0, ...cuts.sort((a, b) => a - b), text.length];
        const chunks = places.map((place, at) => text.slice(place, places[at + 1] ?? place));
        const peer = parse(text, { delimiter: '\t', columns: true, record_delimiter: newline });
        expect(await rowsOf(...chunks)).toEqual(peer);
      }),
    );
  });
});
