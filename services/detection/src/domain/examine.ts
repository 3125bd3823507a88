import type { ClaimSubtype, Coverage, SyncResource } from '@recoup/contracts';
import { allocate } from './allocation.js';
import type { Detected, Detector, PastWindow } from './detector.js';
import type { KeyFacts } from './key-facts.js';
import { byNetwork } from './networks.js';

export type SyncCoverage = Readonly<Partial<Record<SyncResource, Coverage>>>;

export interface Examination {
  readonly tenantId: string;
  readonly asOf: Date;
  readonly coverage: SyncCoverage;
  readonly detectors: readonly Detector[];
}

export interface Examined {
  readonly findings: Detected['findings'];
  readonly pastWindow: readonly PastWindow[];
  /** Losses about which nothing can be said: no policy for their place, or no place. */
  readonly unjudged: number;
}

/** Runs all detectors over one key. They share one allocation: no unit, find or payment counts for two of them. */
export function examine(
  facts: KeyFacts,
  { tenantId, asOf, coverage, detectors }: Examination,
): Examined {
  const { networks, unplaced } = byNetwork(facts);
  const results = networks.flatMap(({ network, ...own }) => {
    const allocation = allocate(own, network);
    return detectors
      .filter((detector) => canRun(detector, coverage))
      .map((detector) =>
        detector.detect({
          tenantId,
          allocation,
          payments: own.reimbursements,
          asOf,
          sourcesComplete: sourcesComplete(detector, coverage),
        }),
      );
  });
  return {
    findings: results.flatMap((result) => result.findings),
    pastWindow: results.flatMap((result) => result.pastWindow),
    unjudged: results.reduce((sum, result) => sum + result.withoutPolicy, unplaced),
  };
}

/** A missing source is not an empty one: without it a detector keeps silent. */
export function canRun({ needs }: Detector, coverage: SyncCoverage): boolean {
  return needs.every((source) => stateOf(source, coverage) !== 'missing');
}

export function sourcesComplete({ needs }: Detector, coverage: SyncCoverage): boolean {
  return needs.every((source) => stateOf(source, coverage) === 'complete');
}

/** Only where every source was read whole does the absence of a finding say anything. */
export function absenceCounts(
  subtype: ClaimSubtype,
  { coverage, detectors }: Pick<Examination, 'coverage' | 'detectors'>,
): boolean {
  const detector = detectors.find((candidate) => candidate.subtype === subtype);
  return detector !== undefined && sourcesComplete(detector, coverage);
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

function stateOf(source: SyncResource, coverage: SyncCoverage): Coverage['state'] {
  return coverage[source]?.state ?? 'missing';
}
