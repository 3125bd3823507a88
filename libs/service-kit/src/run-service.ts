import { messageOf } from '@recoup/kernel';
import { pino, type Logger } from 'pino';
import type { z } from 'zod';
import { BadSetting, commonSettings, readSettings, type CommonSettings } from './environment.js';
import { openOperationsPort } from './operations-port.js';
import { checkProfile } from './production-profile.js';
import { checkSchema } from './schema-version.js';
import { REDACTION } from './redaction.js';
import { openService, type Service } from './service.js';
import { traceOfLine } from './tracing/spans.js';
import { startTracing } from './tracing/start-tracing.js';

export interface ServiceDefinition<S extends z.ZodType> {
  readonly name: string;
  /** The service's own settings, beside those that all have. */
  readonly settings: S;
  /** Migrations that must be there. */
  readonly migrations: readonly string[];
  /** Starts the service's parts; when it returns the service is ready. */
  readonly start: (service: Service, settings: z.infer<S>) => Promise<void>;
}

/** How long a stop may take before the process ends anyway, in milliseconds. */
const STOP_MS = 10_000;

/**
 * A service process from start to end: settings, connections, relay, operations port, the service's own parts, and an
 * orderly stop on SIGTERM or SIGINT. The only reader of the process environment.
 */
export function runService<S extends z.ZodType>(definition: ServiceDefinition<S>): void {
  const log = pino({
    name: definition.name,
    level: process.env['LOG_LEVEL'] || 'info',
    mixin: traceOfLine,
    ...REDACTION,
  });
  const stopBy = stopOnSignal(log);
  log.info('starting');
  void start(definition, { log, stopBy }).catch((error: unknown) => {
    if (error instanceof BadSetting) {
      log.fatal(`cannot start: ${error.message}`);
      process.stderr.write(`${definition.name}: ${error.message}\n`);
    } else {
      log.fatal({ err: error }, `cannot start: ${messageOf(error)}`);
    }
    process.exit(1);
  });
}

async function start<S extends z.ZodType>(
  definition: ServiceDefinition<S>,
  { log, stopBy }: { log: Logger; stopBy: StopBy },
): Promise<void> {
  const common: CommonSettings = readSettings(commonSettings, process.env);
  const own = readSettings(definition.settings, process.env);
  checkProfile({ ...common, ...(own as object) });
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } = common;
  const stopTracing = await startTracing({ endpoint, service: definition.name, log });
  const service = await openService(definition.name, common, log);
  let ready = false;
  const operations = await openOperationsPort(service, {
    port: common.OPS_PORT,
    isReady: () => ready,
  });
  service.onStop(async () => operations[Symbol.asyncDispose]());
  stopBy(() => service.stop().finally(stopTracing));
  await checkSchema(service.pool, definition.migrations);
  await definition.start(service, own);
  ready = true;
  log.info({ operationsPort: operations.port }, 'ready');
}

type StopBy = (stop: () => Promise<void>) => void;

/**
 * Ends the process in order on a signal, from now on: the kernel does not end the first process of a container by itself, so
 * one that still waits for its servers would sit there until it is killed. Answers how to say what has to be stopped.
 */
function stopOnSignal(log: Logger): StopBy {
  let stop = (): Promise<void> => Promise.resolve();
  let stopping = false;
  const onSignal = (signal: string): void => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), STOP_MS).unref();
    void stop().finally(() => process.exit(0));
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  return (how) => {
    stop = how;
  };
}
