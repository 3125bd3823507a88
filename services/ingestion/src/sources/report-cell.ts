import { UnexpectedAnswer } from '../amazon/errors.js';
import type { ReportRow } from '../amazon/tab-separated.js';

/** Reads cells of one report row by the columns' normalised names. */
export interface Cells {
  /** The text of a column; a report without that column is not the report we know. */
  text(column: string): string;
  /** The text, or null where the cell is empty or the report has no such column. */
  maybeText(column: string): string | null;
  /** A whole number. */
  int(column: string): number;
  maybeInt(column: string): number | null;
}

/**
 * Cells of a report row. Throws UnexpectedAnswer naming the column: a column that Amazon renamed must stop the sync,
 * for read as empty it would look like "nothing lost".
 */
export function cellsOf(row: ReportRow): Cells {
  const text = (column: string): string => {
    const value = row[column];
    if (value === undefined) throw new UnexpectedAnswer(`the report has no column ${column}`);
    return value.trim();
  };
  const maybeText = (column: string): string | null => row[column]?.trim() || null;
  return {
    text,
    maybeText,
    int: (column) => wholeNumber(text(column), column),
    maybeInt: (column) => {
      const value = maybeText(column);
      return value === null ? null : wholeNumber(value, column);
    },
  };
}

function wholeNumber(value: string, column: string): number {
  if (!/^[+-]?\d+$/.test(value)) {
    throw new UnexpectedAnswer(`column ${column} holds no whole number: ${value}`);
  }
  return Number(value);
}
