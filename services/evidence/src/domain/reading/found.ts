import type { FoundAt } from '@recoup/contracts';
import { textOf, type TextLine } from './text-line.js';

const LONGEST = 200;

/** Where something was found, with the words that say it. */
export function foundIn(line: TextLine, text: string = textOf(line)): FoundAt {
  return { page: line.page, line: line.line, text: text.slice(0, LONGEST) };
}

/** Something with its place. */
export interface Found<T> {
  readonly value: T;
  readonly at: FoundAt;
}
