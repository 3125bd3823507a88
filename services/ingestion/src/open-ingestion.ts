import type { ConnectReply, ConnectRequest } from '@recoup/contracts';
import { openRecording } from '@recoup/facts';
import type { Service } from '@recoup/service-kit';
import { encryptionKeys } from '@recoup/vault';
import { hostname } from 'node:os';
import { newId } from '@recoup/kernel';
import { openAccessTokens } from './amazon/access-tokens.js';
import { PATIENT, type Patience } from './amazon/patience.js';
import { openSpApiClient } from './amazon/sp-api-client.js';
import { openBuyerStore } from './buyers/buyer-store.js';
import { runSweeper } from './buyers/run-sweeper.js';
import type { IngestionSettings } from './config.js';
import { connectSeller } from './connect/connect-seller.js';
import { consentOf } from './connect/consent-of.js';
import { openConsentStore } from './connect/consent-store.js';
import { runDisconnections } from './disconnect/run-disconnections.js';
import { tracedJob } from './jobs/traced-job.js';
import { runWorkLoop } from './jobs/work-loop.js';
import { measuredLimiter } from './limits/measured-limiter.js';
import { openPostgresLimiter } from './limits/postgres-limiter.js';
import { runSchedule } from './schedule/run-schedule.js';
import { sourcesOf } from './sources/registry.js';
import { workOnJob } from './sync/work-on-job.js';
import { systemTimer, type Timer } from './timer.js';

/** What ingestion can do, before anything asks it to. */
export interface Ingestion {
  /** Connects a seller; refusals are answers. Throws what the database throws. */
  connect(request: ConnectRequest): Promise<ConnectReply>;
  /** Takes and works on jobs until the signal aborts; resolves when the last is given back or done. */
  runWorkers(signal: AbortSignal): Promise<void>;
  /** Forgets what is in memory of a seller's consent. */
  forgetTokens(sellerId: string): void;
  /** Ends and erases what disconnections leave to be done, until the signal aborts. */
  runDisconnections(signal: AbortSignal): Promise<void>;
  /** Destroys buyer data that have had their day, until the signal aborts. */
  runSweeper(signal: AbortSignal): Promise<void>;
  /** Starts syncs by the schedule until the signal aborts. */
  runSchedule(signal: AbortSignal): Promise<void>;
}

export type IngestionDeps = Pick<Service, 'pool' | 'store' | 'clock' | 'log'> & {
  /** A simulated time, under which weeks of Amazon's limits pass in seconds. */
  readonly simulated?: Timer;
  /** Where the facts of a window go; by default they are stored. */
  readonly openRecording?: typeof openRecording;
};

/** Puts the parts together. `patience` is how long calls are tried that fail at Amazon's end. */
export function openIngestion(
  { pool, store, clock, log, simulated, ...ports }: IngestionDeps,
  settings: IngestionSettings,
  patience: Patience = PATIENT,
): Ingestion {
  const timer = simulated ?? { ...systemTimer, now: () => clock.now() };
  const lwa = {
    timer,
    endpoint: settings.LWA_ENDPOINT,
    clientId: settings.LWA_CLIENT_ID,
    clientSecret: settings.LWA_CLIENT_SECRET,
  };
  const endpoint = settings.SPAPI_ENDPOINT;
  const timeScale = settings.SPAPI_RATE_SCALE;
  const leaseSeconds = settings.SYNC_LEASE_SECONDS;
  const keys = encryptionKeys(settings);
  const consents = openConsentStore(pool, keys);
  const buyers = openBuyerStore({ pool, clock, keys });
  const limiter = measuredLimiter(openPostgresLimiter({ pool, scale: timeScale, simulated }));
  const tokens = openAccessTokens({
    lwa,
    clock,
    consentOf: (owner) => consentOf({ pool, consents }, owner),
  });
  const client = openSpApiClient({ endpoint, tokens, limiter, patience, timer });
  const connecting = { pool, store, clock, log, consents, limiter, lwa, tokens, endpoint };
  const working = {
    pool,
    store,
    clock,
    log,
    buyers,
    buyerInfo: settings.SYNC_BUYER_INFO,
    client,
    sources: sourcesOf(settings.SYNC_ROUTE),
    timer,
    openRecording: ports.openRecording ?? openRecording,
    levels: (sellerId: string) => limiter.levels(sellerId),
    endpoint,
    timeScale,
    leaseSeconds,
  };

  return {
    connect: (request) => connectSeller(connecting, request),
    runWorkers: (signal) =>
      runWorkLoop({
        pool,
        log,
        signal,
        leaseSeconds,
        workers: settings.SYNC_WORKERS,
        turnSeconds: settings.SYNC_TURN_SECONDS,
        owner: `${hostname()}:${newId()}`,
        work: (job, turn) => tracedJob(job, () => workOnJob({ ...working, signal }, job, turn)),
      }),
    forgetTokens: (sellerId) => tokens.forget(sellerId),
    runDisconnections: (signal) =>
      runDisconnections({ pool, store, clock, log, consents, buyers }, signal),
    runSweeper: (signal) => runSweeper({ buyers, log }, signal),
    runSchedule: (signal) =>
      runSchedule({ pool, store, clock, log, schedule: settings.SYNC_SCHEDULE }, signal),
  };
}
