import { UnexpectedAnswer } from '../amazon/errors.js';
import type { ReportRow } from '../amazon/tab-separated.js';
import { reportDecimal } from './report-decimal.js';

/** How Amazon writes what it does not know, in the reports about fees. */
const UNKNOWN = new Set(['', '--', '-', 'N/A', 'NA']);

/** Reads cells of the reports about fees. A column may have several names: marketplaces call it differently. */
export interface FeeCells {
  /** What must be known. */
  text(...names: readonly string[]): string;
  decimal(...names: readonly string[]): string;
  /** What Amazon may leave open, in a column that must be there. */
  statedDecimal(...names: readonly string[]): string | null;
  /** What not every marketplace has a column for. */
  maybeText(...names: readonly string[]): string | null;
  maybeDecimal(...names: readonly string[]): string | null;
}

/**
 * Cells of a report about fees. Throws UnexpectedAnswer naming the column, where one that matters is missing: renamed, it
 * would otherwise read as a fee that nobody knows.
 */
export function feeCellsOf(row: ReportRow): FeeCells {
  const given = (names: readonly string[]): string | null => {
    const name = names.find((one) => row[one] !== undefined);
    return name === undefined ? null : (row[name] ?? '').trim();
  };
  const stated = (names: readonly string[]): string | null => {
    const value = given(names);
    if (value === null)
      throw new UnexpectedAnswer(`the report has no column ${names.join(' or ')}`);
    return UNKNOWN.has(value) ? null : value;
  };
  const text = (...names: readonly string[]): string => {
    const value = stated(names);
    if (value === null) throw new UnexpectedAnswer(`column ${names.join(' or ')} says nothing`);
    return value;
  };
  const maybeText = (...names: readonly string[]): string | null => {
    const value = given(names);
    return value === null || UNKNOWN.has(value) ? null : value;
  };
  const decimalIn = (value: string | null, names: readonly string[]): string | null =>
    value === null ? null : reportDecimal(value, names.join(' or '));
  return {
    text,
    maybeText,
    decimal: (...names) => reportDecimal(text(...names), names.join(' or ')),
    statedDecimal: (...names) => decimalIn(stated(names), names),
    maybeDecimal: (...names) => decimalIn(maybeText(...names), names),
  };
}
