import { setMaxListeners } from 'node:events';
import { openBus, type Bus } from '@recoup/bus';
import { healthSubject } from '@recoup/contracts';
import {
  listenToLog,
  openEventStore,
  type EventStore,
  type LogNotifications,
} from '@recoup/event-store';
import { systemClock, type Clock } from '@recoup/kernel';
import { runRelay } from '@recoup/relay';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { CommonSettings } from './environment.js';
import { openFollowedClock } from './followed-clock.js';
import { observedBus } from './observed/bus.js';
import { observedStore } from './observed/store.js';
import { openMetrics } from './metrics/open-metrics.js';
import type { ServiceMetrics } from './metrics/service-metrics.js';
import { openPool } from './pool.js';

/** What a running service works with. */
export interface Service {
  readonly name: string;
  readonly log: Logger;
  /** The service's working role (`_follow`). */
  readonly pool: Pool;
  readonly databaseUrl: string;
  readonly store: EventStore;
  readonly notifications: LogNotifications;
  readonly bus: Bus;
  readonly clock: Clock;
  /** What the operations port shows of this service. */
  readonly metrics: ServiceMetrics;
  /** Aborted when the service stops. */
  readonly signal: AbortSignal;
  /** Closed at the stop, the newest first. */
  onStop(close: () => Promise<void>): void;
  /** A long-running part: a failure of it is logged, and the stop waits for it. */
  run(part: string, work: Promise<void>): void;
}

export interface RunningService extends Service {
  stop(): Promise<void>;
}

type Needed = 'DATABASE_URL' | 'NATS_URL';
/** What has a default may be left out. */
export type ServiceSettings = Pick<CommonSettings, Needed> & Partial<Omit<CommonSettings, Needed>>;

/** Opens what every service stands on, and starts its relay. */
export async function openService(
  name: string,
  settings: ServiceSettings,
  log: Logger,
): Promise<RunningService> {
  const { DATABASE_URL, CLOCK_URL } = settings;
  const followed = CLOCK_URL === undefined ? null : await openFollowedClock(CLOCK_URL);
  const stopping = new AbortController();
  setMaxListeners(0, stopping.signal); // every part of the service waits on it
  const closers: (() => Promise<void>)[] = [];
  const parts: Promise<void>[] = [];
  const pool = openPool({ url: DATABASE_URL, name, log });
  closers.push(() => pool.end());
  const store = observedStore(openEventStore(pool));
  const connection = { connectionString: DATABASE_URL, application_name: `recoup-${name}` };
  const notifications = listenToLog(connection);
  closers.push(async () => notifications[Symbol.asyncDispose]());
  const bus = observedBus(
    await openBus({
      name: `recoup-${name}`,
      url: settings.NATS_URL,
      caFile: settings.NATS_CA_FILE,
      nkeySeed: settings.NATS_NKEY_SEED,
      replicas: settings.NATS_REPLICAS ?? 1,
    }),
  );
  closers.push(async () => bus[Symbol.asyncDispose]());

  // Anybody on the bus can ask whether this service is there.
  bus.respond(healthSubject(name), () => Promise.resolve({ status: 'ok' }));

  const service: RunningService = {
    name,
    log,
    pool,
    databaseUrl: DATABASE_URL,
    store,
    notifications,
    bus,
    clock: followed ?? systemClock,
    metrics: openMetrics(pool, log),
    signal: stopping.signal,
    onStop: (close) => void closers.push(close),
    run(part, work) {
      parts.push(work.catch((error: unknown) => log.error({ err: error, part }, `${part} ended`)));
    },
    async stop() {
      stopping.abort();
      await Promise.all(parts);
      for (const close of closers.reverse()) {
        await close().catch((error: unknown) =>
          log.warn({ err: error }, 'could not close cleanly'),
        );
      }
    },
  };
  if (followed) {
    const lost = (reason: unknown): void => log.warn({ reason }, 'clock out of reach');
    service.run('clock', followed.follow(stopping.signal, lost));
  }
  const onError = (error: unknown): void => log.warn({ err: error }, 'relay interrupted');
  service.run(
    'relay',
    runRelay({ pool, store, notifications, bus, onError }, { connection, signal: stopping.signal }),
  );
  return service;
}
