import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { UnexpectedAnswer, type Browser } from './browser.js';

/** How one connection of an event source ended. */
export type ConnectionEnd =
  /** The server closed it, or it broke: an event source connects again. */
  | 'closed'
  /** 204: there is nothing more to come, and an event source stays away. */
  | 'over';

export interface ConnectionOptions {
  readonly lastEventId: string | undefined;
  /** Answers whether this connection shall go on; false hangs up. */
  readonly onMessage: (message: EventSourceMessage) => boolean;
  readonly signal: AbortSignal;
}

/**
 * One connection of an event source. A server that is not there, or goes away, is `closed`. Throws UnexpectedAnswer for a
 * status that ends an event source for good: by its standard any but 200 and 204 does.
 */
export async function connectOnce(
  browser: Browser,
  url: string,
  { lastEventId, onMessage, signal }: ConnectionOptions,
): Promise<ConnectionEnd> {
  const headers = {
    accept: 'text/event-stream',
    ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
  };
  const response = await browser.request(url, { headers, signal }).catch(() => null);
  if (response === null) return 'closed';
  if (response.status === 204) return 'over';
  if (response.status !== 200 || !response.body) {
    throw new UnexpectedAnswer(`${url} answered ${response.status}: ${await response.text()}`);
  }
  let goesOn = true;
  const parser = createParser({
    onEvent(message) {
      if (goesOn) goesOn = onMessage(message);
    },
  });
  const decoder = new TextDecoder();
  const chunks = response.body.getReader();
  while (goesOn) {
    // A connection that breaks ends like one that is closed: what was read so far stands.
    const next = await chunks.read().catch(() => null);
    if (!next || next.done) return 'closed';
    parser.feed(decoder.decode(next.value, { stream: true }));
  }
  await chunks.cancel().catch(() => undefined);
  return 'closed';
}
