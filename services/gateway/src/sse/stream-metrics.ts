import { counter, level } from '@recoup/service-kit';
import type { Ending, LiveStream } from './live-stream.js';

const ENDINGS: readonly Ending[] = [
  ...(['complete', 'gone', 'unavailable', 'slow', 'replaced', 'session', 'stopping'] as const),
];

const clients = level(
  {
    name: 'recoup_sse_clients',
    help: 'Streams that are open: server-sent events and web sockets.',
  },
  [{}],
);
const ended = counter(
  {
    name: 'recoup_sse_streams_ended_total',
    help: 'Streams that ended, by reason: complete, gone (the client left), unavailable, slow (it did not read), replaced, session, stopping.',
    labels: ['reason'],
  },
  ENDINGS.map((reason) => ({ reason })),
);

/** Counts a stream as open until it ends; the reason of its signal is why it did. */
export function countStream({ signal }: LiveStream): void {
  clients.inc({});
  const end = (): void => {
    clients.dec({});
    ended.inc({ reason: ENDINGS.find((known) => known === signal.reason) ?? 'gone' });
  };
  if (signal.aborted) end();
  else signal.addEventListener('abort', end, { once: true });
}
