import type { Service } from '@recoup/service-kit';
import { readAssertions } from './adapters/assertions.js';
import { openDecidedClaims } from './adapters/decided-claims.js';
import { openKnownClaims } from './adapters/known-claims.js';
import { openKnownRisks } from './adapters/known-risks.js';
import { readOrders } from './adapters/orders.js';
import { readProducts } from './adapters/products.js';
import { readCosts } from './adapters/unit-costs.js';
import type { DetectionDeps } from './detection-stream.js';
import { detectors } from './domain/detectors.js';
import { watchers } from './domain/watchers.js';

/** What detections work with, on a database: every detector and every watcher there is. */
export function openDeps({
  store,
  clock,
  log,
  pool,
}: Pick<Service, 'store' | 'clock' | 'log' | 'pool'>): DetectionDeps {
  return {
    store,
    clock,
    log,
    detectors,
    watchers,
    knownClaims: openKnownClaims(pool),
    knownRisks: openKnownRisks(pool),
    decidedClaims: openDecidedClaims(pool),
    products: (query) => readProducts(pool, query),
    orders: (query) => readOrders(pool, query),
    costs: (tenantId) => readCosts(pool, tenantId),
    assertions: (tenantId) => readAssertions(pool, tenantId),
  };
}
