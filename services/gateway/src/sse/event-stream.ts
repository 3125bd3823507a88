import type { FastifyReply } from 'fastify';
import { formatEventId, type EventId } from './event-id.js';

const HEARTBEAT_MS = 15_000;

/** What a client that does not read may leave in memory, in bytes. Past it the stream ends; it resumes where it was. */
const MAX_BUFFERED = 256 * 1024;

/** A response that stays open: unnamed frames, each with the log position it stands for. */
export interface EventStream {
  send(id: EventId, data: unknown): void;
  close(): void;
  /** Aborted when the stream is over, whoever ended it. */
  readonly signal: AbortSignal;
}

export interface EventStreamOptions {
  /** Ends the stream: the process stops. */
  readonly stop: AbortSignal;
  /** When the session ends, and the stream with the next heartbeat. */
  readonly until: Date;
  /** Pause between heartbeats, in milliseconds. */
  readonly heartbeatMs?: number;
}

/** Turns a reply into a stream of server-sent events. It ends with its process, its session, its client, or by `close`. */
export function openEventStream(
  reply: FastifyReply,
  { stop, until, heartbeatMs = HEARTBEAT_MS }: EventStreamOptions,
): EventStream {
  const over = new AbortController();
  reply.hijack();
  const response = reply.raw;
  // A hijacked reply loses what hooks have set on it: those headers are written here.
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) response.setHeader(name, value);
  }
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  });

  const close = (): void => {
    if (over.signal.aborted) return;
    over.abort();
    clearInterval(heartbeat);
    stop.removeEventListener('abort', close);
    response.end();
  };
  const write = (text: string): void => {
    if (over.signal.aborted) return;
    response.write(text);
    if (response.writableLength <= MAX_BUFFERED) return;
    close();
    response.destroy();
  };
  const heartbeat = setInterval(() => {
    if (until.getTime() <= Date.now()) close();
    else write(': heartbeat\n\n');
  }, heartbeatMs);
  response.once('close', close);
  response.once('error', close);
  stop.addEventListener('abort', close, { once: true });
  if (stop.aborted) close();
  write('retry: 2000\n\n');

  return {
    send: (id, data) => write(`id: ${formatEventId(id)}\ndata: ${JSON.stringify(data)}\n\n`),
    close,
    signal: over.signal,
  };
}
