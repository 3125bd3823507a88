/** What keeps every call that files of a seller: a kill switch, the cases of the day, the spacing between two calls. */
export type FilingHold = 'kill_switch' | 'day_cap' | 'spacing';

export interface FilingPace {
  /** Whether a kill switch is thrown, the seller's or that of all. */
  readonly stopped: boolean;
  /** Cases of the day that are not the one in question, and how many a day may have. */
  readonly used: number;
  readonly perDay: number;
  /** Seconds until the next call may begin; 0 for none. */
  readonly wait: number;
}

/** The first thing that keeps a call from leaving, in the order in which leave is asked for; null when it may leave. */
export function filingHold({ stopped, used, perDay, wait }: FilingPace): FilingHold | null {
  if (stopped) return 'kill_switch';
  if (used >= perDay) return 'day_cap';
  return wait > 0 ? 'spacing' : null;
}
