import type { ServerResponse } from 'node:http';
import { formatEventId, type EventId } from './event-id.js';
import { MAX_BUFFERED, type Ending, type LiveStream } from './live-stream.js';
import { retryMs } from './retry.js';

const HEARTBEAT = Buffer.from(': heartbeat\n\n');

/**
 * Turns a response, of which nothing was sent yet, into a stream of server-sent events. `reached` tells with each
 * heartbeat up to which place of the log the client has heard everything: a block with an id and no data moves its
 * `Last-Event-ID` without being a message, so that a client that has long heard nothing does not come back with an id
 * from long ago.
 */
export function openResponseStream(
  response: ServerResponse,
  reached: () => EventId | null = () => null,
): LiveStream {
  const over = new AbortController();
  let isOver = false; // asked with every frame of every client: the signal's own getter takes longer than the rest
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  });

  const close = (why: Ending): void => {
    if (isOver) return;
    isOver = true;
    over.abort(why);
    if (why === 'stopping') response.write(`retry: ${retryMs('elsewhere')}\n\n`);
    if (why === 'slow') response.destroy();
    else response.end();
  };
  const write = (bytes: Buffer | string): void => {
    if (isOver) return;
    // What was taken at once is not waiting: only what was not is counted.
    if (!response.write(bytes) && response.writableLength > MAX_BUFFERED) close('slow');
  };
  response.once('close', () => close('gone'));
  response.once('error', () => close('gone'));
  // Gone before this was reached: its `close` is past.
  if (response.destroyed) close('gone');
  write(`retry: ${retryMs('here')}\n\n`);

  return {
    send(frame) {
      write(frame.bytes);
      if (frame.last) close('complete');
    },
    beat() {
      const place = reached();
      write(place ? `id: ${formatEventId(place)}\n: heartbeat\n\n` : HEARTBEAT);
    },
    close,
    signal: over.signal,
  };
}
