import { checkEventData, currentVersion, type NewEvent } from '@recoup/contracts';
import { AppError, shardOf } from '@recoup/kernel';
import type { AppendRequest, ExpectedVersion } from './append-request.js';

/** ASCII record and unit separators: they cut the texts of one call, and JSON never contains them unescaped. */
export const RS = '\x1e';
export const US = '\x1f';

export class BadRequest extends AppError {
  readonly code = 'BAD_APPEND_REQUEST';
}

export interface EncodedEvent {
  readonly id: string;
  readonly type: string;
  readonly version: number;
  /** Milliseconds since 1970. */
  readonly occurred: number;
  readonly meta: string;
  readonly data: string;
}

/** A request as it joins a call: checked, and its events turned to text. */
export interface EncodedRequest {
  readonly shard: number;
  readonly tenantId: string;
  readonly streamId: string;
  /** -1 any, -2 exists, else the version. */
  readonly expected: number;
  /** Reservation keys, joined. */
  readonly take: string;
  readonly release: string;
  readonly events: readonly EncodedEvent[];
}

/**
 * Checks a request before it joins a call: what is wrong with one request is thrown to its own caller. Throws
 * InvalidEvent for data that its schema refuses, BadRequest for an empty or unusable request.
 */
export function encode(request: AppendRequest): EncodedRequest {
  if (request.events.length === 0) throw new BadRequest('an append carries at least one event');
  return {
    shard: shardOf(request.tenantId),
    tenantId: plain(request.tenantId),
    streamId: plain(request.streamId),
    expected: expectedNumber(request.expected),
    take: keys(request.take),
    release: keys(request.release),
    events: request.events.map(encodeEvent),
  };
}

function encodeEvent(event: NewEvent): EncodedEvent {
  const { correlationId, causationId, actor, traceparent = null } = event;
  const occurred = Date.parse(event.occurredAt);
  if (Number.isNaN(occurred)) throw new BadRequest(`not an instant: ${event.occurredAt}`);
  return {
    id: uuid(event.id),
    type: event.type,
    version: currentVersion(event.type),
    occurred,
    meta: JSON.stringify({ correlationId, causationId, actor, traceparent }),
    data: JSON.stringify(checkEventData(event.type, event.data)),
  };
}

const EXPECTED_WORDS = { any: -1, exists: -2, absent: 0 } as const;

function expectedNumber(expected: ExpectedVersion): number {
  if (typeof expected !== 'number') return EXPECTED_WORDS[expected];
  if (!Number.isSafeInteger(expected) || expected < 0)
    throw new BadRequest(`no version: ${expected}`);
  return expected;
}

/** The separators, and the one character that Postgres refuses in a text. */
const UNUSABLE = /[\0\x1e\x1f]/;

/** A separator inside an id would shift every text behind it in the call. */
function plain(text: string): string {
  if (text === '' || UNUSABLE.test(text)) {
    throw new BadRequest(`not usable as an id: ${JSON.stringify(text)}`);
  }
  return text;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

function uuid(text: string): string {
  if (!UUID.test(text)) throw new BadRequest(`not a UUID: ${JSON.stringify(text)}`);
  return text;
}

function keys(list: readonly string[] | undefined): string {
  return list === undefined ? '' : list.map(plain).join(US);
}
