import type { OperationName } from '../amazon/operations.js';
import type { KnownWindow } from '../jobs/windows.js';
import { addDemand, type Demand } from '../plan/estimate.js';
import type { Source } from '../sources/source.js';

/** What is still to be called, learned from what was. */
export interface CallsLeft {
  /** Notes a call that was made for a window. */
  note(nth: number, operation: OperationName): void;
  /** The calls that the open ones of these windows still need. */
  of(windows: readonly KnownWindow[]): Demand;
}

/**
 * Begins with what the plan expects of each window. Where windows have been read, what they took corrects the rest of
 * their route: nobody tells how many transactions there are, but a quarter of them tells about the others.
 */
export function openCallsLeft(sources: readonly Source[]): CallsLeft {
  const made = new Map<number, Partial<Record<OperationName, number>>>();
  const byRoute = new Map(sources.map((source) => [source.route, source]));

  function leftOf(source: Source, windows: readonly KnownWindow[]): Demand {
    const counted = windows.filter(({ closed, nth }) => closed && made.has(nth));
    const took = addDemand(counted.map(({ nth }) => made.get(nth) ?? {}));
    const expected = addDemand(counted.map((window) => source.demand(window)));
    const open = windows.filter(({ closed }) => !closed);
    return addDemand(
      open.map((window) => {
        const planned = Object.entries(source.demand(window)) as [OperationName, number][];
        const done = doneOf(window);
        const left = planned.map(([operation, calls]): [OperationName, number] => {
          const share = expected[operation] ? (took[operation] ?? 0) / expected[operation] : 1;
          return [operation, Math.max(0, calls * share - (done[operation] ?? 0))];
        });
        return Object.fromEntries(left);
      }),
    );
  }

  function doneOf({ nth, reportId }: KnownWindow): Demand {
    return made.get(nth) ?? (reportId === null ? {} : { createReport: 1 });
  }

  return {
    note(nth, operation) {
      const calls = made.get(nth) ?? {};
      made.set(nth, { ...calls, [operation]: (calls[operation] ?? 0) + 1 });
    },
    of: (windows) =>
      addDemand(
        [...byRoute].map(([route, source]) =>
          leftOf(
            source,
            windows.filter((window) => window.route === route),
          ),
        ),
      ),
  };
}
