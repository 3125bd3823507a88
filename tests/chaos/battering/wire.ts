import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { sleep } from '@recoup/kernel';

/** What a wire does to what goes over it. */
export interface Mood {
  /** Added to each piece of data, in milliseconds. */
  readonly delayMs: number;
  /** Most bytes of a connection in a second, each way; null: as many as there are. */
  readonly bytesPerSecond: number | null;
  /** Nothing goes through; connections stay, and new ones are taken. */
  readonly frozen: boolean;
  /** Nobody is there: connections are refused by being closed at once. */
  readonly down: boolean;
}

export const CALM: Mood = { delayMs: 0, bytesPerSecond: null, frozen: false, down: false };

/** A TCP connection in the middle of which somebody sits: services reach a server only through it. */
export interface Wire extends AsyncDisposable {
  readonly port: number;
  /** How the wire is from now on, for connections there are and those to come. */
  turn(mood: Partial<Mood>): void;
  /** Cuts every connection there is: both ends see it reset. */
  cut(): void;
  /**
   * Every connection there is falls silent for good, and neither end is told: what a router does that forgot them. New ones
   * work.
   */
  forget(): void;
  /** Resets the forgotten ones that nobody has closed yet; answers how many. A server's own keepalive would, in hours. */
  bury(): number;
}

interface Line {
  readonly ends: readonly [Socket, Socket];
  forgotten: boolean;
}

/** How often a frozen wire looks whether it is to go on, in milliseconds. */
const LOOK_MS = 5;
const FOR_EVER = new Promise<never>(() => undefined);

/** Opens a wire, on a port of its own, to a port of this machine. */
export async function openWire(target: number): Promise<Wire> {
  let mood = CALM;
  const lines = new Set<Line>();

  /** Resolves when a piece of data may go on; never where the line is silent for good. */
  const passes = async (line: Line, bytes: number): Promise<void> => {
    const { delayMs, bytesPerSecond } = mood;
    const ms = delayMs + (bytesPerSecond === null ? 0 : (bytes / bytesPerSecond) * 1000);
    if (ms > 0) await sleep(ms);
    while (mood.frozen && !line.forgotten) await sleep(LOOK_MS);
    if (line.forgotten) await FOR_EVER;
  };

  const pump = async (line: Line, from: Socket, to: Socket): Promise<void> => {
    for await (const chunk of from as AsyncIterable<Buffer>) {
      await passes(line, chunk.length);
      if (!to.write(chunk)) await Promise.race([once(to, 'drain'), once(to, 'close')]);
    }
    if (line.forgotten) await FOR_EVER;
    to.end();
  };

  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    client.on('error', () => undefined);
    if (mood.down) return void client.resetAndDestroy();
    const upstream = connect({ port: target, host: '127.0.0.1', allowHalfOpen: true });
    upstream.setNoDelay(true).on('error', () => undefined);
    const line: Line = { ends: [client, upstream], forgotten: false };
    lines.add(line);
    void Promise.all([pump(line, client, upstream), pump(line, upstream, client)]).then(
      () => lines.delete(line),
      () => {
        if (line.forgotten) return;
        lines.delete(line);
        reset(line);
      },
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = (which: readonly Line[]): number => {
    for (const line of which) {
      lines.delete(line);
      reset(line);
    }
    return which.length;
  };
  return {
    port: (server.address() as AddressInfo).port,
    turn(change) {
      mood = { ...mood, ...change };
    },
    cut: () => void cut([...lines]),
    forget() {
      for (const line of lines) line.forgotten = true;
    },
    bury: () => cut([...lines].filter(({ forgotten }) => forgotten)),
    async [Symbol.asyncDispose]() {
      cut([...lines]);
      server.close();
      await once(server, 'close');
    },
  };
}

function reset({ ends }: Line): void {
  for (const end of ends) end.resetAndDestroy();
}
