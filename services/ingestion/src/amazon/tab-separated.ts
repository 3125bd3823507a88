import { UnexpectedAnswer } from './errors.js';
import { records } from './records.js';

export type ReportRow = Readonly<Record<string, string>>;

/**
 * `Fulfillment Center`, `fulfillment-center`, `fulfillment_center` and `FulfillmentCenter` are one column: documented and
 * observed reports differ in how they write it.
 */
export function columnName(header: string): string {
  return header
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_|_$/g, '');
}

/**
 * The rows of a tab-separated report by normalised column names, parsed as the text arrives. A row may lack its last
 * columns. Throws UnexpectedAnswer for text that is no table (an error page, a sentence) and for a row that is longer than
 * its header, and an Error for a report without even a header: read on, each would look like "no data".
 */
export async function* tabSeparated(text: AsyncIterable<string>): AsyncGenerator<ReportRow> {
  let columns: readonly string[] | null = null;
  for await (const fields of records(text)) {
    if (columns) yield rowOf(columns, fields);
    else columns = columnsOf(fields);
  }
  if (!columns) throw new Error('the report document is empty');
}

/** Names of the columns; one without a name is left out, and of two alike the second is called `name_2`. */
function columnsOf(header: readonly string[]): string[] {
  const [first = ''] = header;
  if (header.length < 2 || /^\s*[<{[]/.test(first)) {
    throw new UnexpectedAnswer('the report document is not a table');
  }
  const seen = new Map<string, number>();
  return header.map((text) => {
    const name = columnName(text);
    const nth = (seen.get(name) ?? 0) + 1;
    seen.set(name, nth);
    return nth === 1 || name === '' ? name : `${name}_${nth}`;
  });
}

function rowOf(columns: readonly string[], fields: readonly string[]): ReportRow {
  const row: Record<string, string> = {};
  for (let at = 0; at < fields.length; at += 1) {
    const value = fields[at] ?? '';
    const name = columns[at];
    if (name) row[name] = value;
    else if (name === undefined && value !== '') {
      throw new UnexpectedAnswer('a report with a row longer than its header');
    }
  }
  return row;
}
