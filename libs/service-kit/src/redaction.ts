import { stdSerializers } from 'pino';

const REDACTED = '[redacted]';

/** What must be in no log, under whichever spelling: `refreshToken`, `refresh_token`, `Refresh-Token`. */
const NAMES = new Set([
  // What opens doors.
  ...['refreshtoken', 'accesstoken', 'restricteddatatoken', 'xamzaccesstoken', 'authorization'],
  ...['cookie', 'setcookie', 'password', 'clientsecret', 'lwaclientsecret', 'encryptionkey'],
  // Who bought, and where it went: the names that Amazon has for it.
  ...['buyer', 'buyerinfo', 'buyername', 'buyeremail', 'buyercompanyname', 'recipient'],
  ...['recipientname', 'deliveryaddress', 'shippingaddress', 'addressline1', 'addressline2'],
  ...['addressline3', 'phone', 'buyerphonenumber', 'giftmessage', 'giftmessagetext'],
]);

/** Deeper than anything that is logged on purpose; ends a circle. */
const DEEPEST = 8;

/**
 * A copy of what is to be logged, without what has one of these names, at any depth: the second line, for an object that
 * is logged whole by mistake. Errors stay as they are here; `redactedError` writes them out.
 */
function redacted(logged: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return membersOf(logged, 0);
}

/** An error as pino writes it, also without what Postgres quotes of the row that it refused. */
function redactedError(error: unknown): unknown {
  if (!(error instanceof Error)) return valueOf(error, 0);
  const { detail: _, where: __, ...written } = stdSerializers.err(error);
  return membersOf(written, 0);
}

function membersOf(value: object, depth: number): Record<string, unknown> {
  const members = Object.entries(value).map(([name, member]): [string, unknown] => [
    name,
    NAMES.has(name.toLowerCase().replaceAll(/[-_]/g, '')) ? REDACTED : valueOf(member, depth + 1),
  ]);
  return Object.fromEntries(members);
}

function valueOf(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Error) return value;
  if (depth >= DEEPEST) return REDACTED;
  if (Array.isArray(value)) return value.map((item) => valueOf(item, depth + 1));
  const prototype: unknown = Object.getPrototypeOf(value);
  // A date, a buffer and whatever writes itself out in its own way stay what they are.
  const isPlain = prototype === Object.prototype || prototype === null;
  return isPlain ? membersOf(value, depth) : value;
}

/** What a logger is opened with, so that it writes neither secrets nor buyers. */
export const REDACTION = { formatters: { log: redacted }, serializers: { err: redactedError } };
