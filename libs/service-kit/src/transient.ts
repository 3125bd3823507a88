import { codeOf } from '@recoup/kernel';

/** SQLSTATE classes that say nothing about the event: connection, rollback and lock, resources, operator, system. */
const TRANSIENT_CLASSES = new Set(['08', '40', '53', '55', '57', '58']);
const TRANSIENT_ERRNO = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
/**
 * node-postgres reports a lost or exhausted connection without a code, in these words. They are matched from their
 * beginning: an error that names a stream (`connection-<tenant>`) is one of its event, and taken for an outage it would hold
 * up the whole shard.
 */
const TRANSIENT_MESSAGE =
  /^(Connection terminated|timeout exceeded when trying to connect|timeout expired|Query read timeout|Client (has encountered a connection error|was closed))/;

/** True for failures that would also have met another event: they are no attempt at digesting this one. */
export function isTransient(error: unknown): boolean {
  const code = codeOf(error);
  if (code !== undefined) {
    return (
      TRANSIENT_ERRNO.has(code) || (code.length === 5 && TRANSIENT_CLASSES.has(code.slice(0, 2)))
    );
  }
  return error instanceof Error && TRANSIENT_MESSAGE.test(error.message);
}
