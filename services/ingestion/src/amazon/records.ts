import { UnexpectedAnswer } from './errors.js';

/** Longer than any row of a report: a quote that is never closed must not take the whole file into memory. */
const LONGEST = 1 << 20;

interface Found {
  readonly fields: string[];
  /** Where the next record begins. */
  readonly end: number;
}

type NextRecord = (text: string, from: number) => Found | null;

/**
 * Splits tab-separated text into records as it arrives; empty lines are left out. Amazon quotes every field of a report
 * or none: where the text does not begin with a quote, a quote is part of a title (`27" screen`).
 *
 * By hand, because what a general parser costs is more than all else that happens to a row on its way, and because a torn
 * report must be an error; ARCHITECTURE.md has the numbers of others.
 *
 * Throws UnexpectedAnswer for a record without end, and an Error for text that ends inside a quoted field.
 */
export async function* records(text: AsyncIterable<string>): AsyncGenerator<string[]> {
  let rest = '';
  let next: NextRecord | null = null;
  for await (const chunk of text) {
    rest += chunk;
    if (rest === '') continue;
    next ??= rest.startsWith('"') ? quotedRecord : plainRecord;
    rest = rest.slice(yield* whole(rest, next));
    if (rest.length > LONGEST) throw new UnexpectedAnswer('a report with a row that does not end');
  }
  if (rest === '' || next === null) return;
  const end = yield* whole(`${rest}\n`, next);
  if (end === 0) throw new Error('the report ends within a quoted field');
}

/** The records that are there as a whole; returns where they end. */
function* whole(text: string, next: NextRecord): Generator<string[], number> {
  let at = 0;
  for (let found = next(text, at); found; found = next(text, at)) {
    at = found.end;
    if (!isEmpty(found.fields)) yield found.fields;
  }
  return at;
}

function isEmpty(fields: readonly string[]): boolean {
  return fields.length === 1 && fields[0] === '';
}

/** The record from a place on; null while its end has not arrived. */
function plainRecord(text: string, from: number): Found | null {
  const end = text.indexOf('\n', from);
  if (end < 0) return null;
  return { fields: text.slice(from, contentEnd(text, from, end)).split('\t'), end: end + 1 };
}

/** Lines end in CRLF or LF. */
function contentEnd(text: string, from: number, newline: number): number {
  return newline > from && text[newline - 1] === '\r' ? newline - 1 : newline;
}

function quotedRecord(text: string, from: number): Found | null {
  const fields: string[] = [];
  for (let at = from; ;) {
    const field = text[at] === '"' ? quotedField(text, at) : plainField(text, at);
    if (!field) return null;
    fields.push(field.value);
    const [separator] = text.slice(field.end, field.end + 1);
    if (separator === undefined) return null;
    if (separator === '\n') return { fields, end: field.end + 1 };
    at = field.end + 1;
  }
}

interface Field {
  readonly value: string;
  /** Where the tab or the newline behind it stands. */
  readonly end: number;
}

function plainField(text: string, from: number): Field | null {
  const newline = text.indexOf('\n', from);
  const tab = text.indexOf('\t', from);
  if (tab >= 0 && (newline < 0 || tab < newline)) return { value: text.slice(from, tab), end: tab };
  if (newline < 0) return null;
  return { value: text.slice(from, contentEnd(text, from, newline)), end: newline };
}

/** From one quote to the next that is not doubled. */
function quotedField(text: string, from: number): Field | null {
  let close = text.indexOf('"', from + 1);
  let doubled = false;
  while (close >= 0 && text[close + 1] === '"') {
    doubled = true;
    close = text.indexOf('"', close + 2);
  }
  if (close < 0) return null;
  // Behind it stands nothing but the separator; anything else belongs to the value as it is.
  const tail = plainField(text, close + 1);
  if (!tail) return null;
  const inner = text.slice(from + 1, close);
  return { value: (doubled ? inner.replaceAll('""', '"') : inner) + tail.value, end: tail.end };
}
