import type { ClaimSubtype, Coverage, SyncResource } from '@recoup/contracts';
import type { Detector } from './detector.js';

/** What a sync said about each source that it read. */
export type SyncCoverage = Readonly<Partial<Record<SyncResource, Coverage>>>;

/** A missing source is not an empty one: without it a detector keeps silent. */
export function canRun({ needs }: Detector, coverage: SyncCoverage): boolean {
  return needs.every((source) => stateOf(source, coverage) !== 'missing');
}

/** Only where every source was read whole, by whichever detector finds such claims, does the absence of a finding say anything. */
export function absenceCounts(
  subtype: ClaimSubtype,
  { coverage, detectors }: { coverage: SyncCoverage; detectors: readonly Detector[] },
): boolean {
  const own = detectors.filter((candidate) => candidate.subtype === subtype);
  const needs = own.flatMap((detector) => detector.needs);
  return own.length > 0 && needs.every((source) => stateOf(source, coverage) === 'complete');
}

/** What a detection says about its sources: of each that some detector needs, whether it was there. */
export function neededCoverage(
  detectors: readonly Detector[],
  coverage: SyncCoverage,
): Partial<Record<SyncResource, Coverage>> {
  const needed = new Set(detectors.flatMap((detector) => detector.needs));
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
