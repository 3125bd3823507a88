import type { TextCell, TextLine } from '../domain/reading/text-line.js';

/** A piece of text as a PDF places it: in points, from the lower left corner. */
export interface TextPiece {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Pieces this near to one height stand in one line: a part of their own height. */
const SAME_LINE = 0.4;
/** A gap of this many letter heights parts cells; a smaller one is a blank. */
const PARTS_CELLS = 0.9;
const IS_BLANK = 0.12;

/** The lines of a page from top to bottom, each with its cells from left to right. */
export function linesOfPage(page: number, pieces: readonly TextPiece[]): TextLine[] {
  const rows: TextPiece[][] = [];
  const written = pieces.filter(({ text }) => text.trim() !== '');
  for (const piece of written.toSorted((a, b) => b.y - a.y || a.x - b.x)) {
    const row = rows.at(-1);
    const first = row?.[0];
    if (row && first && first.y - piece.y <= SAME_LINE * Math.max(first.height, piece.height)) {
      row.push(piece);
    } else rows.push([piece]);
  }
  return rows.map((row, index) => ({
    page,
    line: index + 1,
    size: Math.max(...row.map(({ height }) => height)),
    y: row[0]?.y ?? 0,
    cells: cellsOf(row.toSorted((a, b) => a.x - b.x)),
  }));
}

function cellsOf(row: readonly TextPiece[]): TextCell[] {
  const cells: TextCell[] = [];
  for (const { text, x, width, height } of row) {
    const last = cells.at(-1);
    const gap = last ? x - (last.x + last.width) : Infinity;
    if (!last || gap > PARTS_CELLS * height) cells.push({ text: text.trim(), x, width });
    else {
      const blank = gap > IS_BLANK * height && !/\s$/.test(last.text) ? ' ' : '';
      const joined = `${last.text}${blank}${text}`.trimEnd();
      cells[cells.length - 1] = { text: joined, x: last.x, width: x + width - last.x };
    }
  }
  return cells;
}
