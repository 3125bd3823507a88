import type { Coverage, SyncResource } from '@recoup/contracts';

/** What a sync said about each source that it read. */
export type SyncCoverage = Readonly<Partial<Record<SyncResource, Coverage>>>;

/** Who asks facts something, and needs these sources for it: a detector or a watcher. */
export interface Asking {
  readonly needs: readonly SyncResource[];
}

/** A missing source is not an empty one: without it a detector or a watcher keeps silent. */
export function canRun({ needs }: Asking, coverage: SyncCoverage): boolean {
  return needs.every((source) => stateOf(source, coverage) !== 'missing');
}

/** Only where every source was read whole, by whoever makes such findings, does the absence of one say anything. */
export function absenceCounts(own: readonly Asking[], coverage: SyncCoverage): boolean {
  const needs = own.flatMap((asking) => asking.needs);
  return own.length > 0 && needs.every((source) => stateOf(source, coverage) === 'complete');
}

/** What a detection says about its sources: of each that is needed by somebody, whether it was there. */
export function neededCoverage(
  all: readonly Asking[],
  coverage: SyncCoverage,
): Partial<Record<SyncResource, Coverage>> {
  const needed = new Set(all.flatMap(({ needs }) => needs));
  const stated: Partial<Record<SyncResource, Coverage>> = {};
  for (const source of needed) stated[source] = coverage[source] ?? MISSING;
  return stated;
}

const MISSING: Coverage = {
  state: 'missing',
  from: null,
  to: null,
  reason: 'not part of this sync',
};

export function stateOf(source: SyncResource, coverage: SyncCoverage): Coverage['state'] {
  return coverage[source]?.state ?? 'missing';
}

/** The last day up to which all of these sources were read; null where that is not known of one. */
export function readUntil(sources: readonly SyncResource[], coverage: SyncCoverage): string | null {
  const days = sources.map((source) => coverage[source]?.to ?? null);
  const known = days.filter((day) => day !== null).sort();
  return known.length === sources.length ? (known[0] ?? null) : null;
}
