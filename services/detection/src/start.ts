import { hostname } from 'node:os';
import { newName } from '@recoup/kernel';
import { addJobGauges, consume, runRetention, type Service } from '@recoup/service-kit';
import { countJobs } from './adapters/job-counts.js';
import { openJobs } from './adapters/jobs.js';
import type { DetectionSettings } from './config.js';
import { claimModelFile } from './domain/score/model.js';
import { heardTypes, hearEvent } from './hear-events.js';
import { openDeps } from './open-deps.js';
import { publishModel } from './publish-model.js';
import { retentionRules } from './retention.js';
import { runWorker, type WorkerDeps } from './worker.js';

/** Puts the service together: says which model scores, hears completed syncs and erasures, and works detections off. */
export async function startDetection(service: Service, settings: DetectionSettings): Promise<void> {
  const { pool, signal } = service;
  const leaseMs = settings.DETECTION_LEASE_SECONDS * 1000;
  const deps: WorkerDeps = {
    jobs: openJobs(pool, leaseMs),
    detection: openDeps(service),
    leaseMs,
  };
  addJobGauges(service.metrics, () => countJobs(pool));
  await publishModel(service, claimModelFile);
  consume(service, { types: heardTypes, handle: hearEvent });
  service.run('retention', runRetention(service, { rules: retentionRules(settings), settings }));
  for (let n = 1; n <= settings.DETECTION_WORKERS; n += 1) {
    const owner = newName(`${hostname()}-${n}`);
    service.run(`worker ${n}`, runWorker(deps, { owner, signal }));
  }
}
