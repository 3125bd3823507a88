/** For calls that fail at Amazon's end (500, 502, 503, 504, reset, timeout): how often, and the waits between. */
export interface Patience {
  /** Calls in all. */
  readonly tries: number;
  readonly baseMs: number;
  readonly capMs: number;
}

/** About three minutes: longer than most of Amazon's hiccups. */
export const PATIENT: Patience = { tries: 10, baseMs: 500, capMs: 60_000 };

/** For a call that a person waits for. */
export const BRIEF: Patience = { tries: 3, baseMs: 250, capMs: 1000 };
