import type { DocumentFields, DocumentKind, FoundAt } from '@recoup/contracts';
import { dayOf } from './dates.js';
import type { Found } from './found.js';
import { goodsOf } from './goods.js';
import { headingOf } from './heading.js';
import { INVOICE_DATE, INVOICE_NUMBER } from './labels.js';
import { labelled } from './labelled.js';
import { decimalMark } from './numbers.js';
import { buyerOf, supplierOf } from './parties.js';
import { textOf, type TextLine } from './text-line.js';

/** What a document seems to say: a proposal, each part of it with the place where it was found. */
export interface ReadText {
  readonly kind: DocumentKind;
  readonly fields: DocumentFields;
  readonly found: Readonly<Record<string, FoundAt>>;
  readonly remarks: readonly string[];
}

export const NO_FIELDS: DocumentFields = {
  number: null,
  issuedOn: null,
  currency: null,
  supplier: null,
  buyer: null,
  lines: [],
};

/** Fewer letters than that are no text, but the noise of a scan. */
const LEAST_LETTERS = 20;

/** Kind and fields of a document by rules over its text. Nothing is guessed: what is not found, or not sure, is null. */
export function readText(lines: readonly TextLine[]): ReadText {
  const letters = lines
    .map(textOf)
    .join('')
    .replaceAll(/[^\p{L}]/gu, '');
  if (letters.length < LEAST_LETTERS) {
    const remarks = ['No text was found in it: it seems to be a picture. Type in what it says'];
    return { kind: 'unreadable', fields: NO_FIELDS, found: {}, remarks };
  }
  const heading = headingOf(lines);
  const parts = partsOf(lines);
  const found: Record<string, FoundAt> = { ...(heading && { kind: heading.at }) };
  for (const [name, part] of Object.entries(parts)) if (part) found[name] = part.at;
  const goods = goodsOf(lines, decimalMark(lines));
  goods.forEach(({ at }, index) => (found[`lines.${index}`] = at));
  const fields: DocumentFields = {
    number: valueOf(parts.number),
    issuedOn: valueOf(parts.issuedOn),
    currency: valueOf(parts.currency),
    supplier: valueOf(parts.supplier),
    buyer: valueOf(parts.buyer),
    lines: goods.map(({ value }) => value),
  };
  const kind = heading?.kind ?? 'other';
  return { kind, fields, found, remarks: kind === 'invoice' ? remarksOn(fields) : [] };
}

function valueOf<T>(found: Found<T> | null): T | null {
  return found && found.value;
}

function partsOf(lines: readonly TextLine[]) {
  return {
    number: labelled(lines, INVOICE_NUMBER, numberOf),
    issuedOn: labelled(lines, INVOICE_DATE, dayOf),
    currency: currencyOf(lines),
    supplier: supplierOf(lines),
    buyer: buyerOf(lines),
  };
}

/** A number has a digit and no blank. */
function numberOf(text: string): string | null {
  const [first = ''] = text.trim().split(/\s+/);
  return /^[\w./-]*\d[\w./-]*$/.test(first) && first.length <= 40 ? first : null;
}

const CODES = /\b(USD|EUR|GBP|CAD|MXN|AUD|JPY|CNY|SEK|PLN|TRY|INR|AED|BRL|CHF)\b/;
/** Of the dollar nobody can tell whose it is. */
const SYMBOLS: readonly (readonly [string, string])[] = [
  ['€', 'EUR'],
  ['£', 'GBP'],
];

/** The only currency of a document; null where it names several, or none. */
function currencyOf(lines: readonly TextLine[]): Found<string> | null {
  const named = new Map<string, TextLine>();
  for (const line of lines) {
    const text = textOf(line);
    const codes = [...text.matchAll(new RegExp(CODES, 'g'))].map(([code]) => code);
    const signs = SYMBOLS.filter(([sign]) => text.includes(sign)).map(([, code]) => code);
    for (const code of [...codes, ...signs]) if (!named.has(code)) named.set(code, line);
  }
  const [only] = named;
  if (!only || named.size > 1) return null;
  const [value, line] = only;
  return { value, at: { page: line.page, line: line.line, text: textOf(line).slice(0, 200) } };
}

function remarksOn(fields: DocumentFields): string[] {
  const { number, issuedOn, currency, supplier, buyer, lines } = fields;
  const wanted: readonly (readonly [found: boolean, what: string])[] = [
    [number !== null, 'its number'],
    [issuedOn !== null, 'its date, or not one that can be read in one way only'],
    [currency !== null, 'its currency'],
    [supplier !== null, 'who issued it'],
    [supplier?.address !== null, 'the address of its issuer'],
    [buyer !== null, 'who bought'],
    [buyer?.address !== null, 'the address of its buyer'],
    [lines.length > 0, 'its lines of goods'],
  ];
  return wanted.flatMap(([found, what]) => (found ? [] : [`Not found: ${what}`]));
}
