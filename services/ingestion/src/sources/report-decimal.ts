import { UnexpectedAnswer } from '../amazon/errors.js';

const PLAIN = /^[+-]?\d+(\.\d+)?$/;
/** A number with both marks, in either order: the last one parts the decimals. */
const GROUPED_POINT = /^[+-]?\d{1,3}(,\d{3})+\.\d+$/;
const GROUPED_COMMA = /^[+-]?\d{1,3}(\.\d{3})+,\d+$/;
/** A comma that can only part decimals: not three digits after it, or nothing but zero before it. */
const DECIMAL_COMMA = /^[+-]?(\d+,(\d{1,2}|\d{4,})|0,\d+)$/;
const EXPONENT = /^([+-]?)(\d+)(?:\.(\d+))?[eE]([+-]?\d{1,2})$/;

/**
 * A number of a report as a decimal string, digit by digit and never by way of a float. Reports of some marketplaces write
 * a comma for the point; it is read where it can mean nothing else. `1,234` may be either, and is refused: an amount that
 * is a thousand times too large must not look like a fact. Throws UnexpectedAnswer naming the column.
 */
export function reportDecimal(text: string, column: string): string {
  const decimal = pointed(text.trim());
  if (decimal === null) {
    throw new UnexpectedAnswer(`column ${column} holds no decimal number: ${text}`);
  }
  return decimal.replace(/^\+/, '');
}

function pointed(text: string): string | null {
  if (PLAIN.test(text)) return text;
  if (GROUPED_POINT.test(text)) return text.replaceAll(',', '');
  if (GROUPED_COMMA.test(text)) return text.replaceAll('.', '').replace(',', '.');
  if (DECIMAL_COMMA.test(text)) return text.replace(',', '.');
  const parts = EXPONENT.exec(text);
  return parts && shifted(parts);
}

/** `1.2E-4` with its point moved: 0.00012. */
function shifted([
  ,
  sign = '',
  whole = '',
  fraction = '',
  exponent = '0',
]: RegExpExecArray): string {
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return `${sign}${digits}${'0'.repeat(point - digits.length)}`;
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}
