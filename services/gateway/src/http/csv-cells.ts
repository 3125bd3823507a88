/**
 * How a spreadsheet program would begin a formula or a command (OWASP, CSV Injection): also after a tab or a return, which
 * it drops.
 */
const FORMULA = /^[=+\-@\t\r]/;

/** What must stand between quotes (RFC 4180). */
const QUOTED = /[",\r\n]/;

/** A cell of a CSV file. A text that a spreadsheet program would run gets an apostrophe before it; numbers are as they are. */
export function csvCell(value: string | number | boolean | null): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A line of a CSV file, with its end. */
export function csvLine(cells: readonly (string | number | boolean | null)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/** Without it spreadsheet programs take the file for one in the machine's own old encoding. */
export const UTF8_MARK = '\uFEFF';
