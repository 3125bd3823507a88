/** Text that stands together in a line, and where: in points from the left edge of the page. */
export interface TextCell {
  readonly text: string;
  readonly x: number;
  readonly width: number;
}

/** A line of a document, as a person sees it. Pages and lines count from 1. */
export interface TextLine {
  readonly page: number;
  readonly line: number;
  /** Height of its largest letters, in points. */
  readonly size: number;
  /** Height of its letters' feet above the lower edge of the page, in points. */
  readonly y: number;
  readonly cells: readonly TextCell[];
}

export function textOf({ cells }: TextLine): string {
  return cells.map(({ text }) => text).join('  ');
}
