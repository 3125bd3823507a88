import { textOf, type TextLine } from './text-line.js';

/** How a document writes decimals; null where its amounts do not tell. */
export type DecimalMark = ',' | '.' | null;

/** Two digits behind a mark are an amount's: all that are in the document must agree. */
export function decimalMark(lines: readonly TextLine[]): DecimalMark {
  const text = lines.map(textOf).join('\n');
  const commas = [...text.matchAll(/\d,\d{2}(?![\d.,])/g)].length;
  const points = [...text.matchAll(/\d\.\d{2}(?![\d.,])/g)].length;
  // Dates such as 03.08.26 look like amounts with points.
  const dates = [...text.matchAll(/\b\d{1,2}\.\d{1,2}\.\d{2}\b/g)].length;
  if (commas > 0 && points <= dates) return ',';
  return commas === 0 && points > dates ? '.' : null;
}

/**
 * A number as a decimal string; null for what is none, and for what could be two: “1.234” is a thousand or a fraction as the
 * document writes its amounts.
 */
export function decimalOf(text: string, mark: DecimalMark): string | null {
  const bare = text.replaceAll(/[^\d.,'’\s\u00a0\u202f-]/gu, '').trim();
  if (!/\d/.test(bare) || bare.includes('-')) return null;
  const digits = bare.replaceAll(/['’\s\u00a0\u202f]/g, '');
  const both = digits.includes(',') && digits.includes('.');
  const own = both ? (digits.lastIndexOf(',') > digits.lastIndexOf('.') ? ',' : '.') : mark;
  return own === null ? unmarked(digits) : marked(digits, own);
}

function unmarked(digits: string): string | null {
  if (/^\d+$/.test(digits)) return normal(digits, '');
  const [, whole = '', fraction = ''] = /^(\d+)[.,](\d{1,2}|\d{4,6})$/.exec(digits) ?? [];
  return whole === '' ? null : normal(whole, fraction);
}

function marked(digits: string, mark: ',' | '.'): string | null {
  const thousands = mark === ',' ? '.' : ',';
  const pattern = new RegExp(`^(\\d{1,3}(?:\\${thousands}\\d{3})+|\\d+)(?:\\${mark}(\\d{1,6}))?$`);
  const [, whole = '', fraction = ''] = pattern.exec(digits) ?? [];
  return whole === '' ? null : normal(whole.replaceAll(thousands, ''), fraction);
}

function normal(whole: string, fraction: string): string {
  const leading = whole.replace(/^0+(?=\d)/, '');
  return fraction === '' ? leading : `${leading}.${fraction}`;
}

/** A count of units: whole, more than none. */
export function quantityOf(text: string, mark: DecimalMark): number | null {
  const decimal = decimalOf(text, mark);
  const [whole = '', fraction = ''] = decimal?.split('.') ?? [];
  if (whole === '' || /[1-9]/.test(fraction)) return null;
  const quantity = Number(whole);
  return Number.isSafeInteger(quantity) && quantity > 0 ? quantity : null;
}
