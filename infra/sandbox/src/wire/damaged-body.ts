import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import type { Fault } from './fault.js';

/** Pieces in which a slow body arrives. */
const PIECES = 20;

/** A body as a fault lets it arrive: cut off with its connection, in drops, or ended in the middle as if it were whole. */
export function damagedBody({ mode, seconds }: Fault, body: NodeJS.ReadableStream): Readable {
  const whole = () => buffer(body);
  switch (mode) {
    case 'reset_body':
      return Readable.from(cutOff(whole));
    case 'slow_body':
      return Readable.from(dripping(whole, seconds));
    case 'truncated':
      return Readable.from(firstHalf(whole));
    default:
      throw new RangeError(`${mode ?? 'a status'} does nothing to a body`);
  }
}

type Whole = () => Promise<Buffer>;

/** The pause lets the half get onto the wire before the connection goes. */
async function* cutOff(whole: Whole): AsyncGenerator<Buffer> {
  yield* firstHalf(whole);
  await wait(20);
  throw new Error('the connection was ordered to break');
}

async function* firstHalf(whole: Whole): AsyncGenerator<Buffer> {
  const bytes = await whole();
  yield bytes.subarray(0, Math.floor(bytes.length / 2));
}

async function* dripping(whole: Whole, seconds: number): AsyncGenerator<Buffer> {
  const bytes = await whole();
  const size = Math.max(1, Math.ceil(bytes.length / PIECES));
  for (let at = 0; at < bytes.length; at += size) {
    await wait((seconds * 1_000) / PIECES);
    yield bytes.subarray(at, at + size);
  }
}
