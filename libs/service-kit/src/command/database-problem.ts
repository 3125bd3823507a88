import { codeOf, messageOf } from '@recoup/kernel';
import { isTransient } from '../transient.js';

/** SQLSTATEs that tell of the terms of a connection and not of a statement, in words. */
const REFUSALS: Readonly<Record<string, string>> = {
  '28000': 'The database does not let this role in',
  '28P01': 'The database does not accept the password of this role',
  '3D000': 'The server has no such database',
  '3F000': 'The database has not been prepared by `npm run migrate`',
  '42501': 'This role may not do that',
  '42P01': 'The database has not been prepared by `npm run migrate`, or by an older version',
};

/** What an operator reads when the database is the reason; null when it is not. Never a URL, which has a password in it. */
export function databaseProblem(error: unknown): string | null {
  const refusal = REFUSALS[codeOf(error) ?? ''];
  if (refusal) return `${refusal}: ${messageOf(error)}.`;
  // A name with several addresses fails with one error for each.
  const [first] = error instanceof AggregateError ? (error.errors as unknown[]) : [error];
  if (!isTransient(first)) return null;
  return `The database does not answer (${messageOf(first)}). Is it running, and is its address right?`;
}
