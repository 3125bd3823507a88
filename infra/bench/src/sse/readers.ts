// A process of its own: holds the clients of a fan-out and counts the frames that reach them. On bare sockets: a client
// that costs more than the server it measures would make all servers look alike.
import { connect } from 'node:net';
import { sleep } from '@recoup/kernel';

/** What to open: one stream per address and cookie, so many times each. */
export interface Opening {
  readonly streams: readonly { readonly url: string; readonly cookie: string }[];
  readonly each: number;
}

/** What begins the data of a frame; heads, heartbeats and `retry` do not hold it. */
const DATA = 'data:';
let frames = 0;
let told = -1;

process.on('message', (opening: Opening) => void openAll(opening));

/** So many at a time wait for their first byte: a server that is flooded cuts off who waits for half a minute. */
const AT_ONCE = 200;
let answered = 0;

async function openAll({ streams, each }: Opening): Promise<void> {
  let opened = 0;
  for (const { url, cookie } of streams) {
    for (let n = 0; n < each; n += 1) {
      while (opened - answered >= AT_ONCE) await sleep(1);
      open(new URL(url), cookie);
      opened += 1;
    }
  }
}

function open({ hostname, port, pathname, host }: URL, cookie: string): void {
  const socket = connect(Number(port), hostname);
  socket.write(
    `GET ${pathname} HTTP/1.1\r\nHost: ${host}\r\nAccept: text/event-stream\r\nCookie: ${cookie}\r\n\r\n`,
  );
  socket.on('error', (error) => {
    throw error;
  });
  socket.once('data', () => (answered += 1));
  let end = '';
  socket.on('data', (chunk: Buffer) => {
    // Both sides of a seam are shorter than what is looked for: only what lies across it is found there.
    if ((end + chunk.toString('latin1', 0, DATA.length - 1)).includes(DATA)) frames += 1;
    for (let at = chunk.indexOf(DATA); at >= 0; at = chunk.indexOf(DATA, at + DATA.length)) {
      frames += 1;
    }
    end = chunk.toString('latin1', Math.max(0, chunk.length - DATA.length + 1));
  });
}

setInterval(() => {
  if (frames === told) return;
  told = frames;
  process.send?.(frames);
}, 2);
