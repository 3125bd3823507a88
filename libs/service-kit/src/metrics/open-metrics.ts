import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { addDatabaseGauges } from './database-gauges.js';
import { addLogGauges } from './log-gauges.js';
import { addParkedGauges } from './parked-gauges.js';
import { ServiceMetrics } from './service-metrics.js';

/** The metrics of a service, with what all services tell. */
export function openMetrics(pool: Pool, log: Logger): ServiceMetrics {
  const metrics = new ServiceMetrics((reason) => log.debug({ reason }, 'a gauge was not read'));
  addLogGauges(metrics, pool);
  addParkedGauges(metrics, pool);
  addDatabaseGauges(metrics, pool);
  return metrics;
}
