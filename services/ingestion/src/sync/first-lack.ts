import type { Shortfall } from '../plan/order-shortfall.js';
import type { Lack } from '../sources/source.js';
import { shortfallWords } from './count-words.js';

/** What was found out about a resource, each in its own way. */
export interface Found {
  /** What its source says. */
  readonly found: Lack | null | undefined;
  /** Orders that Amazon counts and could not be read. */
  readonly shortfall: Shortfall | null;
  /** Why no buyers came with it. */
  readonly note: string | undefined;
}

/** The one lack that the coverage of a resource names, the gravest first; null where there is none. */
export function firstLack({ found, shortfall, note }: Found): Lack | null {
  if (shortfall) return { words: shortfallWords(shortfall), partial: true };
  if (found) return found;
  return note === undefined ? null : { words: note, partial: false };
}
