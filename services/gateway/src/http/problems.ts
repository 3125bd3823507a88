import type { Rejection } from '@recoup/domain';
import { AppError } from '@recoup/kernel';

/** An answer that is not a success, as its reader should see it. */
export class Problem extends AppError {
  readonly code: string;
  readonly status: number;
  /** Members beside the usual ones, such as `existingSyncId`. */
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(
    { status, code, extra = {} }: { status: number; code: string; extra?: Record<string, unknown> },
    message: string,
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.extra = extra;
  }
}

export const unauthenticated = (): Problem =>
  new Problem({ status: 401, code: 'unauthenticated' }, 'Please sign in.');

/** One body for what does not exist and for what is someone else's: neither tells which it was. */
export const notFound = (what = 'Not found'): Problem =>
  new Problem({ status: 404, code: 'not_found' }, what);

/** A refused command as an answer. */
export function problemOf(
  { code, message }: Pick<Rejection, 'code' | 'message'>,
  { status, extra }: { status: number; extra?: Record<string, unknown> },
): Problem {
  return new Problem({ status, code, ...(extra && { extra }) }, message);
}
