import type { ClaimValue, EventData } from '@recoup/contracts';
import { sumByCurrency, type Money } from '@recoup/kernel';

type Result = Pick<
  EventData<'claim.detection_completed'>,
  'claims' | 'pastWindow' | 'potential' | 'amountUnknown' | 'risks'
>;

/** Counts risks as a detection goes. */
export interface RiskTally {
  /** A risk that this detection holds to be open. */
  open(outcome: 'new' | 'changed' | 'same'): void;
  cleared(): void;
}

/** Counts a detection as it goes. Amounts are kept as one sum per currency, so that memory stays flat. */
export interface Tally {
  /** A claim that this detection holds to be open. */
  open(outcome: 'new' | 'changed' | 'same', value: ClaimValue): void;
  ended(outcome: 'withdrawn' | 'expired'): void;
  pastWindow(units: number): void;
  readonly risks: RiskTally;
  result(): Result;
}

export function startTally(): Tally {
  const claims = { open: 0, new: 0, changed: 0, withdrawn: 0, expired: 0 };
  const pastWindow = { losses: 0, units: 0 };
  const risks = { open: 0, new: 0, changed: 0, cleared: 0 };
  let potential: Money[] = [];
  let amountUnknown = 0;
  return {
    open(outcome, { total }) {
      claims.open += 1;
      if (outcome !== 'same') claims[outcome] += 1;
      if (total === null) amountUnknown += 1;
      else potential = sumByCurrency([...potential, total]);
    },
    ended(outcome) {
      claims[outcome] += 1;
    },
    pastWindow(units) {
      pastWindow.losses += 1;
      pastWindow.units += units;
    },
    risks: {
      open(outcome) {
        risks.open += 1;
        if (outcome !== 'same') risks[outcome] += 1;
      },
      cleared() {
        risks.cleared += 1;
      },
    },
    result: () => ({ claims, pastWindow, potential, amountUnknown, risks }),
  };
}
