import { z } from 'zod';
import { Problem } from '../http/problems.js';

/** Where a page ended: the time by which its list is ordered, and the id, of its last row. */
export type PagePlace = readonly [time: string, id: string];

/** The database would answer other texts with an error of its own. */
const placeSchema = z.tuple([z.iso.datetime(), z.string().regex(/^[\w-]{1,200}$/)]);

/**
 * The Link header of the page that follows: it begins where this one ended, however this one was asked for, and costs what
 * the first one costs.
 */
export function nextPage(requested: string, last: PagePlace): string {
  const url = new URL(requested, 'http://localhost');
  url.searchParams.set('cursor', Buffer.from(JSON.stringify(last)).toString('base64url'));
  url.searchParams.delete('offset');
  return `<${url.pathname}${url.search}>; rel="next"`;
}

/** The place that a cursor names. Throws a 400 for what is none. */
export function placeOf(cursor: string): PagePlace {
  try {
    return placeSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    throw new Problem({ status: 400, code: 'invalid_request' }, 'cursor: not one of ours');
  }
}
