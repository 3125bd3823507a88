/**
 * How a case desk works. None of it is Amazon's: nobody publishes what its desk approves, and why. Every number is an
 * assumption of this simulation, chosen so that the desk errs, is late, has moods and knows more than the seller does.
 */
export interface Desk {
  readonly name: string;
  /** What a packet must outweigh, in log-odds, on a usual day; and how far single days lie from it (standard deviation). */
  readonly strictness: number;
  readonly moods: number;
  /** How far what a reviewer makes of a packet lies from what is in it (standard deviation, log-odds). */
  readonly reading: number;
  /** What one further row about the same product, around the day of the loss, takes from a packet. */
  readonly blur: number;
  /** Share of true losses that are put right unasked, and how many days that takes on average. */
  readonly unasked: { readonly share: number; readonly meanDays: number };
  /** Days until an answer: median, and spread of its logarithm. */
  readonly answer: { readonly medianDays: number; readonly spread: number };
  /** Share of cases in which the desk asks something back, so that a second answer must come in time. */
  readonly asksBack: number;
  /** Share of decisions that no reason explains, for either side. */
  readonly luck: number;
}

const usual: Desk = {
  name: 'usual',
  strictness: 0,
  moods: 0.5,
  reading: 0.6,
  blur: 0.35,
  unasked: { share: 0.4, meanDays: 4 },
  answer: { medianDays: 4, spread: 0.6 },
  asksBack: 0.35,
  luck: 0.02,
};

/** The usual desk, and those that a model which knows only the usual one must still be held against. */
export const DESKS = {
  usual,
  strict: { ...usual, name: 'strict', strictness: 0.4, moods: 0.7 },
  slow: { ...usual, name: 'slow', answer: { medianDays: 8, spread: 0.8 }, asksBack: 0.5 },
  generous_unasked: {
    ...usual,
    name: 'generous_unasked',
    unasked: { share: 0.6, meanDays: 7 },
  },
  /** Finds good papers hardly enough, and two readers of it seldom agree: much is denied that an appeal brings. */
  stern: { ...usual, name: 'stern', strictness: 3.8, moods: 0.7, reading: 1.1 },
  careless: { ...usual, name: 'careless', reading: 1.1, luck: 0.04 },
} as const satisfies Readonly<Record<string, Desk>>;
export type DeskName = keyof typeof DESKS;
export const DESK_NAMES = Object.keys(DESKS) as [DeskName, ...DeskName[]];

export function deskNamed(name: DeskName): Desk {
  return DESKS[name];
}
