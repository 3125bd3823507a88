// A process of its own: holds the clients of a fan-out and counts the frames that reach them.
import { get } from 'node:http';

/** What to open: one stream per address and cookie, so many times each. */
export interface Opening {
  readonly streams: readonly { readonly url: string; readonly cookie: string }[];
  readonly each: number;
}

const FRAME_ENDS = Buffer.from('\n\n');
let frames = 0;
let told = -1;

process.on('message', ({ streams, each }: Opening) => {
  for (const { url, cookie } of streams) {
    for (let n = 0; n < each; n += 1) {
      get(url, { headers: { cookie, accept: 'text/event-stream' }, agent: false }, (response) => {
        response.on('data', (chunk: Buffer) => (frames += framesIn(chunk)));
      });
    }
  }
});

/** Blocks that hold data: the one with `retry` does not. */
function framesIn(chunk: Buffer): number {
  let count = 0;
  for (let at = chunk.indexOf(FRAME_ENDS); at >= 0; at = chunk.indexOf(FRAME_ENDS, at + 2))
    count += 1;
  return chunk.includes('retry:') ? count - 1 : count;
}

setInterval(() => {
  if (frames === told) return;
  told = frames;
  process.send?.(frames);
}, 2);
