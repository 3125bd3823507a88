import { DESKS, type Desk, type Random } from '@recoup/sandbox';

type Range = readonly [from: number, to: number];

/**
 * How far desks differ from seller to seller. A model that knew one desk only would take its habits for laws; the numbers
 * are assumptions of the simulation, as the desks' own are.
 */
export const HABITS = {
  strictness: [0, 0.4],
  reading: [0.5, 1],
  blur: [0.3, 0.4],
  unaskedShare: [0.35, 0.55],
  unaskedDays: [3.5, 6.5],
  answerDays: [3.5, 8],
  answerSpread: [0.5, 0.8],
  asksBack: [0.3, 0.5],
  luck: [0.01, 0.04],
} as const satisfies Readonly<Record<string, Range>>;

/** A desk whose habits are each drawn from their range. */
export function anyDesk(draw: Random): Desk {
  const within = ([from, to]: Range) => from + (to - from) * draw();
  const { usual } = DESKS;
  return {
    ...usual,
    strictness: within(HABITS.strictness),
    reading: within(HABITS.reading),
    blur: within(HABITS.blur),
    unasked: { share: within(HABITS.unaskedShare), meanDays: within(HABITS.unaskedDays) },
    answer: { medianDays: within(HABITS.answerDays), spread: within(HABITS.answerSpread) },
    asksBack: within(HABITS.asksBack),
    luck: within(HABITS.luck),
  };
}

/** Any desk, but for habits that no desk in training has. */
export function otherDesk(habits: Partial<Desk>): (draw: Random) => Desk {
  return (draw) => ({ ...anyDesk(draw), ...habits });
}
