import { inSpan, SpanKind } from '@recoup/service-kit';
import type { Job } from './job.js';

/** Works on a leased job as a part of the trace in which its sync was asked for. Each lease is a span of its own. */
export function tracedJob(job: Job, work: () => Promise<void>): Promise<void> {
  const { traceparent: parent, tenantId, syncId, fence } = job;
  const attributes = {
    'recoup.tenant.id': tenantId,
    'recoup.sync.id': syncId,
    'recoup.job.fence': fence,
  };
  return inSpan('work on sync', { kind: SpanKind.CONSUMER, parent, attributes }, work);
}
