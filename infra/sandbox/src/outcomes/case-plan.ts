import { between, randomFrom, seedOf, type Random } from '../random.js';
import { DAY_MS } from '../world/calendar.js';
import type { Decision } from './decide.js';
import type { Desk } from './desks.js';
import { lastingDays } from './draws.js';

/** A payment for a case: rows of the report have such. */
export interface PlannedPayment {
  readonly ms: number;
  readonly units: number;
  readonly inKind: boolean;
  /** Days until the money is on the account. */
  readonly creditedAfter: number;
  /** When it is taken back, if so, and whether the units were found. */
  readonly back: { readonly ms: number; readonly found: boolean } | null;
}

/** All that follows from a case, from its filing on. */
export interface CasePlan {
  /** Null: nobody ever answers. */
  readonly answeredMs: number | null;
  readonly decision: Decision;
  readonly payments: readonly PlannedPayment[];
}

/* Assumptions of the simulation, as all of the desk's habits: nobody publishes how often any of it happens. */
export const HABITS = {
  unanswered: 0.04,
  /** Of cases of several units: only some are agreed to. */
  partly: 0.15,
  inTwo: 0.3,
  inKind: 0.1,
  takenBack: 0.1,
  found: 0.5,
} as const;

export interface CaseHour {
  readonly desk: Desk;
  readonly sellerId: string;
  readonly key: string;
  readonly filedMs: number;
  readonly decision: Decision;
  /** Whether units can be given back in place of money. */
  readonly ofUnits: boolean;
}

/**
 * Lays out what becomes of a case: the answer some days later, payments days after that, at times taken back. Nothing
 * happens before the next midnight. The same case gets the same plan at every start.
 */
export function planCase(hour: CaseHour): CasePlan {
  const { desk, sellerId, key, filedMs } = hour;
  const random = randomFrom(seedOf('case plan', desk.name, sellerId, key));
  const silent = random() < HABITS.unanswered;
  const days = Math.min(45, Math.max(0.5, lastingDays(desk.answer, random)));
  const decision = partly(hour, random);
  if (silent) return { answeredMs: null, decision, payments: [] };
  const answeredMs = filedMs + Math.round(days * DAY_MS);
  return { answeredMs, decision, payments: paymentsOf(decision, { answeredMs, hour, random }) };
}

function partly({ decision, ofUnits }: CaseHour, random: Random): Decision {
  const fewer = random() < HABITS.partly && ofUnits;
  if (!decision.approved || !fewer || decision.units < 2) return decision;
  return { approved: true, units: between(random, 1, decision.units - 1) };
}

interface Paying {
  readonly answeredMs: number;
  readonly hour: CaseHour;
  readonly random: Random;
}

function paymentsOf(
  decision: Decision,
  { answeredMs, hour, random }: Paying,
): readonly PlannedPayment[] {
  if (!decision.approved) return [];
  const { units } = decision;
  const inTwo = random() < HABITS.inTwo && units > 1 && hour.ofUnits;
  const first = inTwo ? between(random, 1, units - 1) : units;
  const parts = inTwo ? [first, units - first] : [units];
  let ms = answeredMs;
  return parts.map((part) => {
    ms += between(random, 1, 4) * DAY_MS;
    const inKind = random() < HABITS.inKind && hour.ofUnits;
    const takenBack = random() < HABITS.takenBack && !inKind && hour.ofUnits;
    const backMs = ms + between(random, 8, 35) * DAY_MS;
    const found = random() < HABITS.found;
    const creditedAfter = between(random, 0, 3);
    const back = takenBack ? { ms: backMs, found } : null;
    return { ms, units: part, inKind, creditedAfter, back };
  });
}
