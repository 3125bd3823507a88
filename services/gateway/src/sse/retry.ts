/**
 * How long a client waits before it comes back, in milliseconds: the first of the range, and up to how much more. The
 * more is drawn anew for each client, since nothing tells clients of a process that died: all of them come back by it.
 * One that stops says so, and spreads its clients wider, over those that go on.
 */
const RANGES = { here: [1000, 2000], elsewhere: [1000, 14_000] } as const;

export function retryMs(where: keyof typeof RANGES, random: () => number = Math.random): number {
  const [least, more] = RANGES[where];
  return Math.round(least + random() * more);
}
