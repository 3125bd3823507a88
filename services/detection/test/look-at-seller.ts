import type { Coverage } from '@recoup/contracts';
import type { ClaimFinding } from '@recoup/domain';
import { identify, type FactData, type FactKind } from '@recoup/facts';
import { detectors } from '../src/domain/detectors.js';
import { examineProduct } from '../src/domain/examine.js';
import { NO_PRODUCT_FACTS, type Keyed } from '../src/domain/facts.js';
import { groupBy } from '../src/domain/group-by.js';
import { FOUND_SKU, productGroups, REDEFINING } from '../src/domain/product-groups.js';
import { NO_COSTS } from '../src/domain/value/costs.js';
import type { SandboxSeller } from './sandbox-seller.js';

const whole: Coverage = { state: 'complete', from: null, to: null };

/** A finding, with the Reference ID of the ledger row that it is anchored in, or the reimbursement. */
export interface Seen {
  readonly finding: ClaimFinding;
  readonly reference: string;
}

/** What detection finds in a seller's reports at the moment of which its truth speaks. */
export function look({ truth, ledger, reimbursements, credits }: SandboxSeller): Seen[] {
  const rows = byFnsku('ledger', ledger);
  const payments = byFnsku('reimbursement', reimbursements);
  const adjustments = groupBy(keyed('transaction', credits), ({ data }) => data.items[0]?.sku);
  const redefining = new Set<string>(REDEFINING);
  const found = ledger.filter(({ sku }) => sku.startsWith(FOUND_SKU));
  const groups = productGroups(
    [...found, ...ledger.filter(({ reason }) => redefining.has(reason))],
    ledger.filter(({ asin }) => found.some((row) => row.asin === asin)),
  );
  return [...rows.keys()].flatMap((fnsku) => {
    const members = groups.get(fnsku) ?? [fnsku];
    if (members[0] !== fnsku) return [];
    const own = members.flatMap((member) => rows.get(member) ?? []);
    const facts = {
      ...NO_PRODUCT_FACTS,
      ledger: own,
      reimbursements: members.flatMap((member) => payments.get(member) ?? []),
      transactions: [...new Set(own.map(({ data }) => data.sku))].flatMap(
        (sku) => adjustments.get(sku) ?? [],
      ),
    };
    const { findings } = examineProduct(facts, detectors, {
      tenantId: 'tenant',
      asOf: new Date(truth.asOf),
      coverage: { ledger: whole, reimbursements: whole, transactions: whole },
      costs: NO_COSTS,
      lostReturns: new Map(),
      assertions: [],
    });
    const references = new Map([
      ...facts.ledger.map(({ key, data }) => [key, data.referenceId] as const),
      ...facts.reimbursements.map(({ key, data }) => [key, data.reimbursementId] as const),
    ]);
    return findings.map((finding) => ({
      finding,
      reference: references.get(finding.sources[0]?.key ?? '') ?? '',
    }));
  });
}

function keyed<K extends FactKind>(kind: K, data: readonly FactData[K][]): Keyed<FactData[K]>[] {
  return identify(kind, data) as Keyed<FactData[K]>[];
}

function byFnsku<K extends 'ledger' | 'reimbursement'>(kind: K, data: readonly FactData[K][]) {
  return groupBy(keyed(kind, data), (fact) => fact.data.fnsku);
}

/** As texts in a fixed order, so that two lists compare whatever their orders. */
export function sorted(list: readonly unknown[]): string[] {
  return list.map((item) => JSON.stringify(item)).sort();
}
