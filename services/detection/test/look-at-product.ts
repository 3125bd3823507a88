import type { ClaimSubtype, Coverage } from '@recoup/contracts';
import type { ClaimFinding } from '@recoup/domain';
import { openCatalogue } from '../src/domain/catalogue.js';
import type { Context } from '../src/domain/context.js';
import type { SyncCoverage } from '../src/domain/coverage.js';
import { detectors } from '../src/domain/detectors.js';
import { watchers } from '../src/domain/watchers.js';
import { examineProduct, type Examined } from '../src/domain/examine.js';
import { NO_PRODUCT_FACTS, type ProductFacts } from '../src/domain/facts.js';
import { NO_COSTS } from '../src/domain/value/costs.js';

const WHOLE: Coverage = { state: 'complete', from: '2025-11-01', to: '2026-12-31' };
export const ALL_READ: SyncCoverage = { ledger: WHOLE, reimbursements: WHOLE, transactions: WHOLE };

export interface Scene extends Partial<ProductFacts>, Partial<Pick<Context, 'costs' | 'coverage'>> {
  /** Noon Pacific time of this day. */
  readonly today: string;
}

/** What all detectors and watchers of products find in the facts of one. */
export function examine({ today, costs, coverage, ...facts }: Scene): Examined {
  return examineProduct(
    { ...NO_PRODUCT_FACTS, ...facts },
    { detectors, watchers },
    {
      tenantId: 'seller-1',
      asOf: new Date(`${today}T20:00:00Z`),
      coverage: coverage ?? ALL_READ,
      costs: costs ?? NO_COSTS,
      lostReturns: new Map(),
      catalogue: openCatalogue(),
      assertions: [],
    },
  );
}

/** The findings of one kind. */
export function findings(subtype: ClaimSubtype, scene: Scene): readonly ClaimFinding[] {
  return examine(scene).findings.filter((finding) => finding.subtype === subtype);
}
