import { hostname } from 'node:os';
import { newName } from '@recoup/kernel';
import { consume, type Service } from '@recoup/service-kit';
import { readAssertions } from './adapters/assertions.js';
import { openJobs } from './adapters/jobs.js';
import { openKnownClaims } from './adapters/known-claims.js';
import { readOrders } from './adapters/orders.js';
import { readProducts } from './adapters/products.js';
import { readCosts } from './adapters/unit-costs.js';
import type { DetectionSettings } from './config.js';
import { detectors } from './domain/detectors.js';
import { heardTypes, hearEvent } from './hear-events.js';
import { runWorker, type WorkerDeps } from './worker.js';

/** Puts the service together: hears completed syncs and erasures, and works detections off. */
export function startDetection(service: Service, settings: DetectionSettings): Promise<void> {
  const { store, clock, log, pool, signal } = service;
  const leaseMs = settings.DETECTION_LEASE_SECONDS * 1000;
  const deps: WorkerDeps = {
    jobs: openJobs(pool, leaseMs),
    detection: {
      store,
      clock,
      log,
      detectors,
      knownClaims: openKnownClaims(pool),
      products: (query) => readProducts(pool, query),
      orders: (query) => readOrders(pool, query),
      costs: (tenantId) => readCosts(pool, tenantId),
      assertions: (tenantId) => readAssertions(pool, tenantId),
    },
    leaseMs,
  };
  consume(service, { types: heardTypes, handle: hearEvent });
  for (let n = 1; n <= settings.DETECTION_WORKERS; n += 1) {
    const owner = newName(`${hostname()}-${n}`);
    service.run(`worker ${n}`, runWorker(deps, { owner, signal }));
  }
  return Promise.resolve();
}
