import Papa, { type ParseResult } from 'papaparse';
import { UnexpectedAnswer } from './errors.js';

/** Longer than any row of a report: a quote that is never closed must not take the whole file into memory. */
const LONGEST = 1 << 20;

/**
 * Splits tab-separated text into records as it arrives; empty lines are left out, lines end in CRLF or LF. Amazon quotes
 * every field of a report or none: where the text does not begin with a quote, a quote is part of a title (`27" screen`).
 *
 * The parser is given each piece of text when the reader asks for it, so that a slow reader slows the download down.
 *
 * Throws UnexpectedAnswer for a record without end or with fields that a stray quote runs together, and an Error for text
 * that ends inside a quoted field.
 */
export async function* records(text: AsyncIterable<string>): AsyncGenerator<string[]> {
  let rest = '';
  let quoted: boolean | null = null;
  for await (const chunk of text) {
    rest += chunk;
    if (rest === '') continue;
    quoted ??= rest.startsWith('"');
    const found = parsed(rest, { quoted, last: false });
    yield* whole(found);
    rest = rest.slice(found.meta.cursor);
    if (rest.length > LONGEST) throw new UnexpectedAnswer('a report with a row that does not end');
  }
  if (quoted !== null) yield* whole(parsed(`${rest}\n`, { quoted, last: true }));
}

interface Piece {
  readonly quoted: boolean;
  /** Whether nothing follows; otherwise the record that the text ends in is left for the next piece. */
  readonly last: boolean;
}

function parsed(text: string, { quoted, last }: Piece): ParseResult<string[]> {
  const parser = new Papa.Parser({ delimiter: '\t', newline: '\n', fastMode: !quoted });
  return parser.parse(text, 0, !last) as ParseResult<string[]>;
}

function* whole({ data, errors }: ParseResult<string[]>): Generator<string[]> {
  for (const { code, row = 0 } of errors) {
    const record = data[row];
    // It is not there yet: the next piece tells whether it is well-formed.
    if (!record) continue;
    if (code === 'MissingQuotes') throw new Error('the report ends within a quoted field');
    if (record.some((field) => /[\t\n]/.test(field))) {
      throw new UnexpectedAnswer('a report with a stray quote that runs fields together');
    }
  }
  for (const record of data) {
    const fields = withoutReturn(record);
    if (fields.length > 1 || fields[0] !== '') yield fields;
  }
}

/** The parser knows one kind of line end; where that is LF, the CR of a CRLF stays on a last field that is not quoted. */
function withoutReturn(fields: string[]): string[] {
  const last = fields.at(-1);
  if (last?.endsWith('\r')) fields[fields.length - 1] = last.slice(0, -1);
  return fields;
}
