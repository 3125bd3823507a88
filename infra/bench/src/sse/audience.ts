import { sleep } from '@recoup/kernel';
import { startChild } from '../child.js';
import type { BenchServers, Rate } from '../workload.js';
import type { Opening } from './readers.js';

/** Rounds that are under way at once: enough that no side waits for its last client before it goes on. */
const WINDOW = 4;

/** Clients in a process of their own, and what they have received. */
export interface Audience {
  /** Tells everybody again and again, and counts what arrives. */
  measure(seconds: number, tell: () => Promise<void>): Promise<Rate & { readonly frames: number }>;
  /** Tells everybody once, and answers after how many milliseconds half and 99 of 100 of the clients had their frame. */
  spread(tell: () => Promise<void>): Promise<{ readonly p50: number; readonly p99: number }>;
}

/** Opens clients, and waits until all are there: `isOpen` is told how many frames have arrived. */
export async function openAudience(
  bench: BenchServers,
  { opening, isOpen }: { opening: Opening; isOpen: (frames: number) => boolean },
): Promise<Audience> {
  const readers = startChild(bench, 'sse/readers');
  let frames = 0;
  let arrivals: { readonly at: number; readonly frames: number }[] = [];
  readers.on('message', (count: number) => {
    frames = count;
    arrivals.push({ at: performance.now(), frames });
  });
  readers.send(opening);
  const clients = opening.streams.length * opening.each;
  const until = async (done: () => boolean): Promise<void> => {
    const end = Date.now() + 180_000;
    while (!done()) {
      if (Date.now() > end) throw new Error(`only ${frames} frames arrived`);
      await sleep(1);
    }
  };
  await until(() => isOpen(frames));
  return {
    async spread(tell) {
      const before = frames;
      arrivals = [];
      const begin = performance.now();
      await tell();
      await until(() => frames >= before + clients);
      const when = (share: number): number =>
        (arrivals.find((one) => one.frames >= before + share * clients)?.at ?? Number.NaN) - begin;
      return { p50: when(0.5), p99: when(0.99) };
    },
    async measure(seconds, tell) {
      const before = frames;
      const begin = performance.now();
      let rounds = 0;
      while (performance.now() - begin < seconds * 1000) {
        const enough = before + (rounds + 1 - WINDOW) * clients;
        await until(() => frames >= enough);
        await tell();
        rounds += 1;
      }
      await until(() => frames >= before + rounds * clients);
      const arrived = frames - before;
      return { figure: arrived / ((performance.now() - begin) / 1000), frames: arrived };
    },
  };
}
