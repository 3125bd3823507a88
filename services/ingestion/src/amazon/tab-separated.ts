import { Readable } from 'node:stream';
import { parse } from 'csv-parse';

export type ReportRow = Readonly<Record<string, string>>;

/** `Fulfillment Center`, `fulfillment-center` and `fulfillment_center` are one column, seen in different reports. */
export function columnName(header: string): string {
  return header
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_|_$/g, '');
}

/** The rows of a tab-separated report by normalised column names, parsed as the text arrives. */
export async function* tabSeparated(text: AsyncIterable<string>): AsyncGenerator<ReportRow> {
  const { first, rest } = await peek(text);
  const parser = parse({
    delimiter: '\t',
    columns: (headers: string[]) => headers.map(columnName),
    // Amazon quotes every field of a report or none. Where none is, a quote is part of a title (`27" screen`).
    quote: first.startsWith('"') ? '"' : null,
    relax_quotes: true,
    relax_column_count_less: true,
    skip_empty_lines: true,
  });
  const source = Readable.from(rest);
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  for await (const row of parser) yield row as ReportRow;
}

async function peek(
  text: AsyncIterable<string>,
): Promise<{ first: string; rest: AsyncIterable<string> }> {
  const chunks = text[Symbol.asyncIterator]();
  let first = '';
  let next = await chunks.next();
  while (!next.done) {
    first += next.value;
    if (first.length > 0) break;
    next = await chunks.next();
  }
  async function* rest(): AsyncGenerator<string> {
    if (first) yield first;
    for (let chunk = await chunks.next(); !chunk.done; chunk = await chunks.next())
      yield chunk.value;
  }
  return { first, rest: rest() };
}
