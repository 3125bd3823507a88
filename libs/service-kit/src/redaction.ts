import { stdSerializers } from 'pino';
import { withoutSecrets } from './secret-patterns.js';

const REDACTED = '[redacted]';

/** What must be in no log, under whichever spelling: `refreshToken`, `refresh_token`, `Refresh-Token`. */
const NAMES = new Set([
  // What opens doors.
  ...['authorization', 'cookie', 'setcookie', 'credentials', 'spapioauthcode', 'amazonstate'],
  // Who bought, and where it went: the names that Amazon has for it.
  ...['buyer', 'buyerinfo', 'buyername', 'buyeremail', 'buyercompanyname', 'recipient'],
  ...['recipientname', 'deliveryaddress', 'shippingaddress', 'addressline1', 'addressline2'],
  ...['addressline3', 'phone', 'buyerphonenumber', 'giftmessage', 'giftmessagetext'],
]);

/** How names of what opens doors end, whatever stands before: `xAmzAccessToken`, `lwaClientSecret`, `ENCRYPTION_KEY`. */
const ENDINGS =
  /(?:token|secret|secrets|password|passphrase|apikey|privatekey|encryptionkey|accesskeyid)$/;

/** Deeper than anything that is logged on purpose; ends a circle. */
const DEEPEST = 8;

/**
 * A copy of what is to be logged, without what has one of these names, at any depth: the second line, for an object that
 * is logged whole by mistake. Whatever it is made of comes out as plain members: errors, maps, objects of any class.
 */
function redacted(logged: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return membersOf(Object.entries(logged), 0);
}

/** An error as pino writes it, also without what Postgres quotes of the row that it refused. */
function redactedError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return valueOf(error, depth);
  const { detail: _, where: __, ...written } = stdSerializers.err(error);
  return membersOf(Object.entries(written), depth);
}

function membersOf(
  entries: Iterable<readonly [unknown, unknown]>,
  depth: number,
): Record<string, unknown> {
  const members = Array.from(entries, ([key, member]): [string, unknown] => {
    const name = typeof key === 'string' ? key : '';
    return [name, isSecret(name) ? REDACTED : valueOf(member, depth + 1)];
  });
  return Object.fromEntries(members);
}

function isSecret(name: string): boolean {
  const bare = name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  return NAMES.has(bare) || ENDINGS.test(bare);
}

function valueOf(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= DEEPEST || ArrayBuffer.isView(value)) return REDACTED; // bytes are keys, files, or nothing worth reading
  return value instanceof Error ? redactedError(value, depth) : objectOf(value, depth);
}

function objectOf(value: object, depth: number): unknown {
  if (value instanceof Map || value instanceof Headers) return membersOf(value.entries(), depth);
  if (Array.isArray(value) || value instanceof Set) return listOf([...value], depth);
  // A date, a URL and whatever writes itself out in its own way: what it writes is looked at like anything else.
  const written = ownWords(value);
  return written === value ? membersOf(Object.entries(value), depth) : valueOf(written, depth + 1);
}

/** Headers and form fields also come as a list of a name and a value. */
function listOf(items: readonly unknown[], depth: number): unknown[] {
  const [name] = items;
  return typeof name === 'string' && items.length === 2 && isSecret(name)
    ? [name, REDACTED]
    : items.map((item) => valueOf(item, depth + 1));
}

function ownWords(value: object): unknown {
  if (!('toJSON' in value) || typeof value.toJSON !== 'function') return value;
  try {
    return (value.toJSON as () => unknown).call(value);
  } catch {
    return REDACTED;
  }
}

/** What a logger is opened with, so that it writes neither secrets nor buyers. */
export const REDACTION = {
  formatters: { log: redacted },
  serializers: { err: (error: unknown): unknown => redactedError(error) },
  // The line as it goes out: messages, stacks and texts of others, in which no name tells what is secret.
  hooks: { streamWrite: withoutSecrets },
};
