import { hostname } from 'node:os';
import { diag, DiagLogLevel, trace, type DiagLogFunction } from '@opentelemetry/api';
import { sleep } from '@recoup/kernel';
import type { Logger } from 'pino';
import { beginTracing } from './spans.js';

/** How long the last spans may take to leave at the stop, in milliseconds. */
const FLUSH_MS = 2000;

export interface TracingOptions {
  /** Where spans go by OTLP over HTTP, as the base address; undefined: nowhere. */
  readonly endpoint: string | undefined;
  readonly service: string;
  readonly log: Logger;
}

/**
 * Exports traces from now on; answers how to send what is left and stop. Without an endpoint nothing is loaded and nothing
 * done. The other standard variables (`OTEL_TRACES_SAMPLER`, `OTEL_TRACES_SAMPLER_ARG`, `OTEL_EXPORTER_OTLP_HEADERS`,
 * `OTEL_BSP_*`) are read by OpenTelemetry itself.
 */
export async function startTracing({
  endpoint,
  service,
  log,
}: TracingOptions): Promise<() => Promise<void>> {
  if (endpoint === undefined) return () => Promise.resolve();
  const [sdk, { OTLPTraceExporter }, { resourceFromAttributes }, names] = await Promise.all([
    import('@opentelemetry/sdk-trace-node'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
    import('@opentelemetry/semantic-conventions'),
  ]);
  const failed: DiagLogFunction = (reason) => log.warn({ reason }, 'tracing');
  const silent: DiagLogFunction = () => undefined;
  diag.setLogger(
    { error: failed, warn: failed, info: silent, debug: silent, verbose: silent },
    DiagLogLevel.WARN,
  );
  const provider = new sdk.NodeTracerProvider({
    resource: resourceFromAttributes({
      [names.ATTR_SERVICE_NAME]: `recoup-${service}`,
      'service.instance.id': `${hostname()}:${process.pid}`,
    }),
    spanProcessors: [
      new sdk.BatchSpanProcessor(
        new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces` }),
      ),
    ],
  });
  provider.register();
  beginTracing(trace.getTracer('recoup'));
  return async () => {
    const flushed = provider.shutdown().catch((error: unknown) => {
      log.warn({ err: error }, 'the last traces were not exported');
    });
    await Promise.race([flushed, sleep(FLUSH_MS)]);
  };
}
