import { fork } from 'node:child_process';
import { sleep } from '@recoup/kernel';
import type { BenchServers, Rate } from '../workload.js';
import type { Opening } from './readers.js';

/** Rounds that are under way at once: enough that no side waits for its last client before it goes on. */
const WINDOW = 4;

export const script = (name: string): URL => new URL(`./${name}.js`, import.meta.url);

/** Clients in a process of their own, and what they have received. */
export interface Audience {
  /** Tells everybody again and again, and counts what arrives. */
  measure(seconds: number, tell: () => Promise<void>): Promise<Rate>;
}

/** Opens clients that each get `first` frames on opening, and waits for those. */
export async function openAudience(
  bench: BenchServers,
  opening: Opening,
  first: number,
): Promise<Audience> {
  const readers = fork(script('readers'));
  bench.onEnd(() => Promise.resolve(readers.kill()));
  let frames = 0;
  readers.on('message', (count: number) => (frames = count));
  readers.send(opening);
  const clients = opening.streams.length * opening.each;
  const until = async (count: number): Promise<void> => {
    const end = Date.now() + 120_000;
    while (frames < count) {
      if (Date.now() > end) throw new Error(`${frames} of ${count} frames arrived`);
      await sleep(1);
    }
  };
  await until(clients * first);
  return {
    async measure(seconds, tell) {
      const before = frames;
      const begin = performance.now();
      let rounds = 0;
      while (performance.now() - begin < seconds * 1000) {
        await until(before + (rounds - WINDOW) * clients);
        await tell();
        rounds += 1;
      }
      await until(before + rounds * clients);
      return { perSecond: (frames - before) / ((performance.now() - begin) / 1000) };
    },
  };
}
