import { get, type IncomingMessage } from 'node:http';
import { createParser } from 'eventsource-parser';

/** What one client of a stream has heard, over all its connections. */
export interface StreamClient {
  readonly ids: readonly string[];
  readonly progress: readonly number[];
  /** How often it was dropped and came back. */
  readonly drops: number;
  /** Resolves when it was told that there is nothing more to come. */
  readonly over: Promise<void>;
}

export interface StreamClientOptions {
  readonly url: string;
  readonly cookie: string;
  /** After which frames, counted over all connections, the connection is cut. */
  readonly cutAfter: readonly number[];
}

/** An event source that is cut off where it is told to be, and comes back with the id of the last frame it has read. */
export function openStreamClient({ url, cookie, cutAfter }: StreamClientOptions): StreamClient {
  const ids: string[] = [];
  const progress: number[] = [];
  const cuts = new Set(cutAfter);
  let drops = 0;

  /** Resolves when a connection ends; true when there is nothing more to come. */
  const connect = (): Promise<boolean> =>
    new Promise((resolve) => {
      const last = ids.at(-1);
      const headers = { cookie, ...(last !== undefined && { 'last-event-id': last }) };
      const request = get(url, { headers, agent: false }, (response) => {
        if (response.statusCode === 204) resolve(true);
        listen(response, () => {
          drops += 1;
          request.destroy();
        });
      });
      request.once('error', () => undefined);
      request.once('close', () => resolve(false));
    });

  const listen = (response: IncomingMessage, cut: () => void): void => {
    let isCut = false;
    const parser = createParser({
      onEvent({ id, data }) {
        if (isCut) return; // it came in the same packet, and was never read
        ids.push(id ?? '');
        progress.push((JSON.parse(data) as { progress: number }).progress);
        isCut = cuts.delete(ids.length);
        if (isCut) cut();
      },
    });
    response.setEncoding('utf8').on('data', (text: string) => parser.feed(text));
    response.once('error', () => undefined);
  };

  const run = async (): Promise<void> => {
    while (!(await connect()));
  };
  return {
    ids,
    progress,
    get drops() {
      return drops;
    },
    over: run(),
  };
}
