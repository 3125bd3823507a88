import { syncResourceSchema, type ClaimSubtype, type Coverage } from '@recoup/contracts';
import type { ClaimFinding } from '@recoup/domain';
import {
  detectors,
  examineSeller,
  factsAtHand,
  featureNames,
  NO_COSTS,
  type KnownBefore,
  type SyncCoverage,
} from '@recoup/detection';
import { openDesk, type Desk, type World } from '@recoup/sandbox';
import { packetOf } from './packet.js';
import { readRows, type Reading } from './read/reading.js';

/** One claim that was found and decided: what the model sees of it, and what became of it. */
export interface Example {
  readonly subtype: ClaimSubtype;
  /** In the order of `featureNames`. */
  readonly features: readonly number[];
  readonly approved: boolean;
}

/** What today's detectors find in what Amazon tells a seller, read that way, each finding decided by a desk over the true world. */
export async function examplesOf(world: World, reading: Reading, desk: Desk): Promise<Example[]> {
  const facts = factsAtHand(readRows(world, reading));
  const rows = new Map(
    facts.products.flatMap(({ ledger }) => ledger.map(({ key, data }) => [key, data] as const)),
  );
  const cases = openDesk(world, desk);
  const known = knownOf(world, reading);
  const examples: Example[] = [];
  for await (const { findings } of examineSeller(facts, { detectors }, known)) {
    for (const finding of findings) {
      const { subtype } = finding;
      const { approved } = cases.decide(packetOf(finding, { rows, asOf: known.asOf }));
      examples.push({ subtype, features: featuresOf(finding), approved });
    }
  }
  return examples;
}

function knownOf({ seller, calendar }: World, reading: Reading): KnownBefore {
  const whole: Coverage = { state: 'complete', from: calendar.name(0), to: null };
  const inPart: Coverage = { ...whole, state: 'partial' };
  const coverage: SyncCoverage = {
    ...Object.fromEntries(syncResourceSchema.options.map((source) => [source, whole])),
    reimbursements: reading.unreadPayments > 0 ? inPart : whole,
  };
  return {
    tenantId: seller.id,
    asOf: new Date(calendar.endMs),
    coverage,
    costs: NO_COSTS,
    assertions: [],
  };
}

function featuresOf({ score }: ClaimFinding): number[] {
  const values = new Map(score.contributions.map(({ feature, value }) => [feature, value]));
  return featureNames.map((name) => values.get(name) ?? 0);
}
