import type { Coverage, LedgerFact, ReimbursementFact } from '@recoup/contracts';
import type { ClaimFinding } from '@recoup/domain';
import { identify } from '@recoup/facts';
import { times } from '@recoup/kernel';
import { beforeAll, describe, expect, it } from 'vitest';
import { readSandbox, type SandboxSeller } from '../test/sandbox-seller.js';
import { detectors } from './domain/detectors.js';
import { examine } from './domain/examine.js';
import type { Keyed } from './domain/key-facts.js';

const whole: Coverage = { state: 'complete', from: null, to: null };
const US = 'ATVPDKIKX0DER';
const CANADA = 'A2EUQ1WTGCTBG2';
const SELLERS = { A2HARBORPINE01: [US], A3MAPLETRAIL02: [US, CANADA], A1BRIGHTHOME03: [US] };

/** A finding, with the Reference ID of the ledger row it is anchored in. */
interface Seen {
  readonly finding: ClaimFinding;
  readonly reference: string;
}

/** What detection finds in a seller's reports on the last day of its world. */
function look({ truth, ledger, reimbursements }: SandboxSeller): Seen[] {
  return [...new Set(ledger.map((row) => row.fnsku))].flatMap((fnsku) => {
    const rows = identify(
      'ledger',
      ledger.filter((row) => row.fnsku === fnsku),
    );
    const payments = identify(
      'reimbursement',
      reimbursements.filter((row) => row.fnsku === fnsku),
    );
    const facts = {
      ledger: rows as Keyed<LedgerFact>[],
      reimbursements: payments as Keyed<ReimbursementFact>[],
    };
    const { findings } = examine(facts, {
      tenantId: 'tenant',
      asOf: new Date(`${truth.anchorDay}T20:00:00Z`),
      coverage: { ledger: whole, reimbursements: whole },
      detectors,
    });
    const referenceOf = new Map(facts.ledger.map(({ key, data }) => [key, data.referenceId]));
    return findings.map((finding) => ({
      finding,
      reference: referenceOf.get(finding.sources[0]?.key ?? '') ?? '',
    }));
  });
}

let world: Readonly<Record<string, SandboxSeller>>;
beforeAll(async () => {
  world = await readSandbox({}, SELLERS);
});

const sellerOf = (id: string): SandboxSeller => {
  const seller = world[id];
  if (!seller) throw new Error(`the sandbox has no seller ${id}`);
  return seller;
};

describe.each(Object.keys(SELLERS))('given what Amazon says of seller %s', (id) => {
  it('then every true claim is found with its exact units, and nothing else is', () => {
    const { truth } = sellerOf(id);
    const found = look(sellerOf(id)).map(({ finding, reference }) => ({
      subtype: finding.subtype,
      fnsku: finding.subject.fnsku,
      units: finding.quantity,
      lossDay: finding.lossDay,
      referenceIds: [reference],
    }));
    const true_ = truth.claims.map(({ subtype, fnsku, units, lossDay, referenceIds }) => ({
      subtype,
      fnsku,
      units,
      lossDay,
      referenceIds,
    }));
    expect(true_.length).toBeGreaterThan(10);
    expect(sorted(found)).toEqual(sorted(true_));
  });

  it('then no look-alike is reported', () => {
    const { truth } = sellerOf(id);
    const alike = new Set(truth.lookAlikes.flatMap(({ referenceIds }) => referenceIds));
    expect(alike.size).toBeGreaterThan(50);
    expect(look(sellerOf(id)).filter(({ reference }) => alike.has(reference))).toEqual([]);
  });

  it('then the value is what Amazon has paid for a unit, or unknown', () => {
    const values = new Map(
      sellerOf(id).truth.claims.flatMap(({ referenceIds, unitValue }) =>
        referenceIds.map((reference) => [reference, unitValue] as const),
      ),
    );
    for (const { finding, reference } of look(sellerOf(id))) {
      const unit = values.get(reference) ?? null;
      expect(finding.value.perUnit).toEqual(unit);
      expect(finding.value.total).toEqual(unit && times(unit, finding.quantity));
    }
  });
});

it('given all of them, then each tier has something to do', () => {
  const tiers = Object.values(world).flatMap((seller) =>
    look(seller).map(({ finding }) => finding.tier),
  );
  expect(new Set(tiers)).toEqual(new Set(['auto', 'prompt', 'manual']));
});

function sorted(list: readonly unknown[]): string[] {
  return list.map((item) => JSON.stringify(item)).sort();
}
