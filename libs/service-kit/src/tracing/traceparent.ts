import {
  isSpanContextValid,
  ROOT_CONTEXT,
  trace,
  TraceFlags,
  type Context,
  type SpanContext,
} from '@opentelemetry/api';

/** W3C Trace Context, version 00: version, trace id, parent id, flags. */
const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/** What a `traceparent` says; null for anything that is none. It may come from outside. */
export function parseTraceparent(text: string | null | undefined): SpanContext | null {
  const [, traceId = '', spanId = '', flags = ''] = TRACEPARENT.exec(text ?? '') ?? [];
  const traceFlags = Number.parseInt(flags, 16) & TraceFlags.SAMPLED;
  const parsed = { traceId, spanId, traceFlags, isRemote: true };
  return isSpanContextValid(parsed) ? parsed : null;
}

/** A span as others are told of it; null where there is none. One that is not sampled is told, too: so nobody else samples. */
export function formatTraceparent(span: SpanContext | undefined): string | null {
  if (!span || !isSpanContextValid(span)) return null;
  const flags = span.traceFlags & TraceFlags.SAMPLED ? '01' : '00';
  return `00-${span.traceId}-${span.spanId}-${flags}`;
}

/** A context whose spans continue a trace; null where the text is no `traceparent`. */
export function contextOf(text: string | null | undefined): Context | null {
  const parent = parseTraceparent(text);
  return parent && trace.setSpanContext(ROOT_CONTEXT, parent);
}
