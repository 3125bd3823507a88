import { foundIn, type Found } from './found.js';
import type { TextCell, TextLine } from './text-line.js';

/** How far the left edges of a label and of what stands below it may be apart, in points. */
const SAME_EDGE = 14;
/** Lines below a label in which its value may stand. */
const BELOW = 2;

/**
 * The first value of a label that can be used: behind it, in the next cell of its line, or below it. Null when there is none.
 * `read` answers null for a text that is no such value.
 */
export function labelled<T>(
  lines: readonly TextLine[],
  label: RegExp,
  read: (text: string) => T | null,
): Found<T> | null {
  for (const { line, text } of lines.flatMap((_, index) => labelledIn(lines, index, label))) {
    const value = read(text);
    if (value !== null) return { value, at: foundIn(line) };
  }
  return null;
}

interface Place {
  readonly line: TextLine;
  readonly text: string;
}

/** Where the values of a label may stand that is in a line. */
function labelledIn(lines: readonly TextLine[], index: number, label: RegExp): readonly Place[] {
  const line = lines[index];
  return (line?.cells ?? []).flatMap((cell, column) => {
    const behind = label.exec(cell.text.trim())?.[1];
    if (!line || behind === undefined) return [];
    return behind === '' ? around(lines, { index, column }) : [{ line, text: behind }];
  });
}

function around(
  lines: readonly TextLine[],
  { index, column }: { readonly index: number; readonly column: number },
): readonly Place[] {
  const line = lines[index];
  const cell = line?.cells[column];
  if (!line || !cell) return [];
  const next = line.cells[column + 1];
  const below = linesBelow(lines, index, BELOW).flatMap((other) => {
    const under = cellUnder(other, cell);
    return under ? [{ line: other, text: under.text }] : [];
  });
  return next ? [{ line, text: next.text }, ...below] : below;
}

/** The following lines of the same page. */
export function linesBelow(
  lines: readonly TextLine[],
  index: number,
  count: number,
): readonly TextLine[] {
  const page = lines[index]?.page;
  return lines.slice(index + 1, index + 1 + count).filter((line) => line.page === page);
}

/** The cell of a line that begins where another one begins. */
export function cellUnder(line: TextLine, { x }: TextCell): TextCell | null {
  return line.cells.find((cell) => Math.abs(cell.x - x) <= SAME_EDGE) ?? null;
}
