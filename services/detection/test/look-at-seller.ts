import type { Coverage, LedgerFact, ReimbursementFact } from '@recoup/contracts';
import type { ClaimFinding } from '@recoup/domain';
import { identify } from '@recoup/facts';
import { detectors } from '../src/domain/detectors.js';
import { examineProduct } from '../src/domain/examine.js';
import { NO_PRODUCT_FACTS, type Keyed } from '../src/domain/facts.js';
import { NO_COSTS } from '../src/domain/value/costs.js';
import type { SandboxSeller } from './sandbox-seller.js';

const whole: Coverage = { state: 'complete', from: null, to: null };

/** A finding, with the Reference ID of the ledger row it is anchored in. */
export interface Seen {
  readonly finding: ClaimFinding;
  readonly reference: string;
}

/** What detection finds in a seller's reports at the moment of which its truth speaks. */
export function look({ truth, ledger, reimbursements }: SandboxSeller): Seen[] {
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
      ...NO_PRODUCT_FACTS,
      ledger: rows as Keyed<LedgerFact>[],
      reimbursements: payments as Keyed<ReimbursementFact>[],
    };
    const { findings } = examineProduct(facts, detectors, {
      tenantId: 'tenant',
      asOf: new Date(truth.asOf),
      coverage: { ledger: whole, reimbursements: whole },
      costs: NO_COSTS,
      lostReturns: new Map(),
      assertions: [],
    });
    const referenceOf = new Map(facts.ledger.map(({ key, data }) => [key, data.referenceId]));
    return findings.map((finding) => ({
      finding,
      reference: referenceOf.get(finding.sources[0]?.key ?? '') ?? '',
    }));
  });
}

/** As texts in a fixed order, so that two lists compare whatever their orders. */
export function sorted(list: readonly unknown[]): string[] {
  return list.map((item) => JSON.stringify(item)).sort();
}
