import { eventually } from '@recoup/testkit';
import { z } from 'zod';
import type { Arena } from './arena.js';
import { SERVICES } from './blow.js';

const timeSchema = z.object({
  now: z.iso.datetime(),
  /** What time it was when a service asked last. */
  heard: z.record(z.string(), z.iso.datetime()),
});

/** Moves the simulated Amazon's clock, which all services follow, and waits until each has heard of it. */
export async function passTime(arena: Arena, seconds: number): Promise<void> {
  await moveClock(arena, seconds);
  const moved = (await timeAt(arena)).now;
  await eventually(
    async () => {
      const { heard } = await timeAt(arena);
      return SERVICES.every((name) => (heard[name] ?? '') >= moved);
    },
    { timeoutMs: 60_000 },
  );
}

/** Moves it, and waits for nobody. */
export async function moveClock({ sandbox }: Arena, seconds: number): Promise<void> {
  await fetch(`${sandbox.origin}/sandbox/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ advanceSeconds: seconds }),
  });
}

async function timeAt({ sandbox }: Arena): Promise<z.infer<typeof timeSchema>> {
  return timeSchema.parse(await (await fetch(`${sandbox.origin}/sandbox/clock`)).json());
}
