import { join } from 'node:path';
import type { Clock } from '@recoup/kernel';
import { z } from 'zod';
import { readIfThere, writeWhole } from './state-file.js';

/** From an instant of the outer clock on, which was an instant of the sandbox's, time runs so many times as fast. */
const markSchema = z.object({ outerMs: z.number(), innerMs: z.number(), speed: z.number() });
type Mark = z.infer<typeof markSchema>;

/** The time in the sandbox: everything in it follows this clock alone. */
export interface SandboxClock extends Clock {
  /** Moves the time forward at once. It stays moved when the process restarts. */
  advance(ms: number): Promise<void>;
}

export interface ClockOptions {
  readonly directory: string;
  readonly outer: Clock;
  readonly speed: number;
}

/**
 * Goes on from where an earlier process stood, the time between them included, so that a restart never goes back. Without
 * any mark it shows the outer clock.
 */
export async function openClock({ directory, outer, speed }: ClockOptions): Promise<SandboxClock> {
  const path = join(directory, 'clock.json');
  const outerMs = () => outer.now().getTime();
  const text = await readIfThere(path);
  let mark: Mark = text
    ? markSchema.parse(JSON.parse(text))
    : { outerMs: outerMs(), innerMs: outerMs(), speed: 1 };
  const nowMs = () => mark.innerMs + Math.max(0, outerMs() - mark.outerMs) * mark.speed;
  let written: Promise<void> = Promise.resolve();
  const set = async (next: Mark): Promise<void> => {
    mark = next;
    // One after the other: of two at once the older mark could be the one that stays.
    written = written.catch(() => undefined).then(() => writeWhole(path, JSON.stringify(next)));
    await written;
  };
  if (mark.speed !== speed) await set({ outerMs: outerMs(), innerMs: nowMs(), speed });
  return {
    now: () => new Date(nowMs()),
    advance: (ms) => set({ outerMs: outerMs(), innerMs: nowMs() + ms, speed }),
  };
}
