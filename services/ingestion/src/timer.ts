import { sleep, systemClock, type Clock } from '@recoup/kernel';

/** Time as the work with Amazon sees it. Passed in, so that weeks under Amazon's limits can pass in seconds. */
export interface Timer extends Clock {
  /** Waits `ms`; resolves early, without an error, when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Does work that waits for no time: a simulated clock stands still until it has ended. */
  hold<T>(work: () => Promise<T>): Promise<T>;
}

export const systemTimer: Timer = { ...systemClock, sleep, hold: (work) => work() };
