import type { Clock } from '@recoup/kernel';

/** A clock that stands still until a test moves it. */
export interface TestClock extends Clock {
  /** Moves it by milliseconds. */
  advance(ms: number): void;
  set(instant: Date | string): void;
}

export function testClock(start: Date | string): TestClock {
  let now = new Date(start).getTime();
  return {
    now: () => new Date(now),
    advance(ms) {
      now += ms;
    },
    set(instant) {
      now = new Date(instant).getTime();
    },
  };
}
