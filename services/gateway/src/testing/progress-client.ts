import { createParser } from 'eventsource-parser';
import { eventually } from '@recoup/testkit';
import type { Client } from './client.js';

export interface Frame {
  readonly id: string | undefined;
  /** The name of the event; clients hear only those without one. */
  readonly event: string | undefined;
  readonly body: Readonly<Record<string, unknown>>;
}

/** One connection to a stream, with all that has come through it. */
export interface ProgressClient {
  readonly response: Response;
  readonly frames: readonly Frame[];
  readonly comments: readonly string[];
  /** All that has come, as it came. */
  readonly text: string;
  /** Resolves when the server has closed it. */
  readonly ended: Promise<void>;
  /** Waits until that many frames are there. */
  frame(nth: number): Promise<Frame>;
  hangUp(): void;
}

export async function openProgress(
  client: Client,
  path: string,
  lastEventId?: string,
): Promise<ProgressClient> {
  const leave = new AbortController();
  const headers = {
    accept: 'text/event-stream',
    ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
  };
  const response = await client.fetch(path, { headers, signal: leave.signal });
  const frames: Frame[] = [];
  const comments: string[] = [];
  const parser = createParser({
    onEvent: ({ id, event, data }) => void frames.push({ id, event, body: JSON.parse(data) }),
    onComment: (comment) => void comments.push(comment),
  });
  let text = '';
  const ended = readAll(response, (part) => {
    text += part;
    parser.feed(part);
  });
  return {
    response,
    frames,
    comments,
    get text() {
      return text;
    },
    ended,
    frame: (nth) => eventually(() => frames[nth - 1]),
    hangUp: () => leave.abort(),
  };
}

async function readAll(response: Response, feed: (text: string) => void): Promise<void> {
  const decoder = new TextDecoder();
  try {
    for await (const chunk of response.body ?? []) feed(decoder.decode(chunk, { stream: true }));
  } catch {
    // Hung up, or cut: what has come stays.
  }
}
