import type { WebSocket } from '@fastify/websocket';
import { MAX_BUFFERED, type Ending, type LiveStream } from './live-stream.js';

/** What a client is told on the way out (RFC 6455, 7.4.1; from 4000 on our own). It comes back by itself, or asks to sign in. */
const CLOSES: Readonly<Record<Exclude<Ending, 'gone' | 'slow'>, readonly [number, string]>> = {
  complete: [1000, 'complete'],
  unavailable: [1013, 'try again later'],
  replaced: [4000, 'replaced by a newer connection'],
  session: [1008, 'the session has ended'],
  stopping: [1001, 'going away'],
};

/** A WebSocket as a stream of frames. What the client says is not listened to, but for its answers to pings. */
export function openSocketStream(socket: WebSocket): LiveStream {
  const over = new AbortController();
  let alive = true;

  const close = (why: Ending): void => {
    if (over.signal.aborted) return;
    over.abort(why);
    if (why === 'gone' || why === 'slow') socket.terminate();
    else socket.close(...CLOSES[why]);
  };
  socket.on('pong', () => (alive = true));
  socket.once('close', () => close('gone'));
  socket.once('error', () => close('gone'));

  return {
    send(frame) {
      if (over.signal.aborted) return;
      socket.send(frame.json);
      if (frame.last) close('complete');
      else if (socket.bufferedAmount > MAX_BUFFERED) close('slow');
    },
    beat() {
      if (!alive) {
        close('gone');
        return;
      }
      alive = false;
      socket.ping();
    },
    close,
    signal: over.signal,
  };
}
