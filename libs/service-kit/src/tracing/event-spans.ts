import { TraceFlags, type Link } from '@opentelemetry/api';
import { isTracing, openSpan, errorType, type SpanOptions } from './spans.js';
import { parseTraceparent } from './traceparent.js';

interface Traced {
  readonly traceparent: string | null;
}

/** So many traces of one batch are followed: a span each, and a collector keeps no more links either. */
const MOST = 128;

/** The traces that are recorded of a batch: of each the first `traceparent` in it, and how many events it has. */
function recordedTraces(
  events: readonly Traced[],
): { parent: string; link: Link; count: number }[] {
  const traces = new Map<string, { parent: string; link: Link; count: number }>();
  for (const { traceparent } of events) {
    const context = parseTraceparent(traceparent);
    if (!context || !(context.traceFlags & TraceFlags.SAMPLED) || traceparent === null) continue;
    const known = traces.get(context.traceId);
    if (known) known.count += 1;
    else if (traces.size < MOST) {
      traces.set(context.traceId, { parent: traceparent, link: { context }, count: 1 });
    }
  }
  return [...traces.values()];
}

/**
 * Does something with a batch of events, of which each recorded trace gets a span of its own: a batch belongs to nobody,
 * and whoever follows one seller's click must find it there. Where there is only one, it is the parent of what is done.
 */
export async function inSpansOf<T>(
  name: string,
  { events, ...options }: SpanOptions & { readonly events: readonly Traced[] },
  work: () => Promise<T>,
): Promise<T> {
  if (!isTracing()) return work();
  const spans = recordedTraces(events).map(({ parent, count }) => {
    const attributes = { ...options.attributes, 'messaging.batch.message_count': count };
    return openSpan(name, { ...options, parent, attributes });
  });
  const [only] = spans;
  try {
    const result = await (only && spans.length === 1 ? only.run(work) : work());
    for (const span of spans) span.end();
    return result;
  } catch (error) {
    for (const span of spans) span.end(errorType(error));
    throw error;
  }
}

/** What a span of a whole batch is linked to; empty where none of it is recorded. */
export function linksOf(events: readonly Traced[]): readonly Link[] {
  return isTracing() ? recordedTraces(events).map(({ link }) => link) : [];
}
