export { consume, type ConsumeOptions } from './consume.js';
export { PostgresConsumerRecord, type Handle, type RecordOptions } from './consumer-record.js';
export {
  BadSetting,
  commonSettings,
  portSchema,
  readSettings,
  type CommonSettings,
} from './environment.js';
export { answerDays } from './answer-days.js';
export { sellerDefaults } from './seller-defaults.js';
export {
  parkedCounts,
  parkedEventsOf,
  parkedStreamsOf,
  type ParkedChoice,
  type ParkedCount,
  type ParkedEventOf,
  type ParkedStream,
} from './parked-streams.js';
export type { RetentionRule } from './retention/retention-rule.js';
export { retentionSettings } from './retention/retention-settings.js';
export { runRetention, type RetentionOptions } from './retention/run-retention.js';
export { redriveParked, waitForRedriven, type Redriven } from './redrive-parked.js';
export { checkProfile } from './production-profile.js';
export { databaseUrl } from './command/database-url.js';
export { Output } from './command/output.js';
export { openProgress, type Progress } from './command/progress.js';
export { CannotRun, runCommand, type Command } from './command/run-command.js';
export { run, typedStatements } from './statements.js';
export { openPool, type PoolOptions } from './pool.js';
export { runService, type ServiceDefinition } from './run-service.js';
export { checkSchema, SchemaTooOld } from './schema-version.js';
export { openService, type RunningService, type Service } from './service.js';
export { inTransaction } from '@recoup/event-store';
export { isTransient } from './transient.js';
export { REDACTION } from './redaction.js';
export {
  counter,
  histogram,
  level,
  stopwatch,
  type Count,
  type Distribution,
  type Instrument,
  type Labels,
  type Level,
} from './metrics/instruments.js';
export { everySome, type Sample, type ServiceMetrics } from './metrics/service-metrics.js';
export {
  currentTraceparent,
  inSpan,
  isTracing,
  openSpan,
  outsideTraces,
  type OpenSpan,
  type SpanOptions,
} from './tracing/spans.js';
export { inSpansOf } from './tracing/event-spans.js';
export { SpanKind } from '@opentelemetry/api';
export { addJobGauges, type JobCount } from './metrics/job-gauges.js';
