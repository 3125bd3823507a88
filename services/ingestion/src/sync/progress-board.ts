import type { ResourceCounts, SyncResource } from '@recoup/contracts';
import type { KnownWindow } from '../jobs/windows.js';
import type { OperationName } from '../amazon/operations.js';
import type { Demand } from '../plan/estimate.js';
import type { Source } from '../sources/source.js';
import { openCallsLeft } from './calls-left.js';
import { progressMessage } from './count-words.js';

/** Where a sync stands, in the memory of its worker. Everything here follows from the windows. */
export interface ProgressBoard {
  /** Puts windows in the place of those with their numbers: halves of one, or one that is to be read again. */
  replace(windows: readonly KnownWindow[]): void;
  /** Notes that a resource will stay as it is. */
  giveUp(resource: SyncResource): void;
  /** Notes a window as closed with so many records; `to` where it was read up to an earlier end only. */
  close(nth: number, received: number, to?: Date): void;
  /** Notes a call that was made for a window. */
  noteCall(nth: number, operation: OperationName): void;
  isComplete(resource: SyncResource): boolean;
  windowsOf(resource: SyncResource): readonly KnownWindow[];
  counts(): Partial<Record<SyncResource, ResourceCounts>>;
  /** 0 to 99: the share of the expected calls whose windows are closed. 100 is for the end alone. */
  percent(): number;
  message(): string;
  /** Calls still to be made. */
  demand(): Demand;
  /** Whether a report is still to be made. */
  waitsForReports(): boolean;
}

interface BoardInput {
  readonly windows: readonly KnownWindow[];
  readonly sources: readonly Source[];
  /** Records expected, where Amazon tells. */
  readonly totals: Readonly<Partial<Record<SyncResource, number | null>>>;
}

export function openProgressBoard({ windows, sources, totals }: BoardInput): ProgressBoard {
  const known = new Map(windows.map((window) => [window.nth, window]));
  const callsLeft = openCallsLeft(sources);
  const givenUp = new Set<SyncResource>();
  const all = (): KnownWindow[] => [...known.values()];
  const windowsOf = (resource: SyncResource): KnownWindow[] =>
    all().filter((window) => window.resource === resource);
  const isComplete = (resource: SyncResource): boolean =>
    windowsOf(resource).every(({ closed }) => closed);

  const isPending = (resource: SyncResource): boolean =>
    !givenUp.has(resource) && !isComplete(resource);
  const isDone = ({ closed, resource }: KnownWindow): boolean => closed || givenUp.has(resource);

  function countOf(resource: SyncResource): ResourceCounts {
    const processed = windowsOf(resource).reduce((sum, { received }) => sum + received, 0);
    // Amazon's count is a forecast; what is stored is the truth once all of it is.
    if (isComplete(resource)) return { processed, total: processed };
    const total = totals[resource] ?? null;
    return { processed, total: total === null ? null : Math.max(total, processed) };
  }

  return {
    noteCall: (nth, operation) => callsLeft.note(nth, operation),
    windowsOf,
    isComplete,
    replace(some) {
      for (const window of some) known.set(window.nth, window);
    },
    giveUp: (resource) => void givenUp.add(resource),
    close(nth, received, to) {
      const window = known.get(nth);
      if (window) {
        known.set(nth, {
          ...window,
          to: to ?? window.to,
          closed: true,
          received: Math.max(window.received, received),
        });
      }
    },
    counts: () => Object.fromEntries(sources.map(({ resource }) => [resource, countOf(resource)])),
    percent() {
      const weight = (some: readonly KnownWindow[]): number =>
        some.reduce((sum, { calls }) => sum + calls, 0);
      const whole = weight(all());
      return whole === 0 ? 99 : Math.floor((99 * weight(all().filter(isDone))) / whole);
    },
    message() {
      const resource = sources.find((source) => isPending(source.resource))?.resource;
      return resource ? progressMessage(resource, countOf(resource)) : 'Finishing...';
    },
    demand: () => callsLeft.of(all().filter(({ resource }) => !givenUp.has(resource))),
    waitsForReports: () =>
      sources.some((source) => {
        const reports = source.demand({ calls: 1, expected: null }).createReport !== undefined;
        return reports && isPending(source.resource);
      }),
  };
}
