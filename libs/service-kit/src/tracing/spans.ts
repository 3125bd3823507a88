import {
  context,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
  type Link,
  type Tracer,
} from '@opentelemetry/api';
import { codeOf } from '@recoup/kernel';
import { contextOf, formatTraceparent } from './traceparent.js';

/** Null where traces are exported nowhere: then nothing here does anything. */
let tracer: Tracer | null = null;

/** From now on spans are made. */
export function beginTracing(with_: Tracer): void {
  tracer = with_;
}

/** Whether traces are exported. */
export function isTracing(): boolean {
  return tracer !== null;
}

export interface SpanOptions {
  readonly kind?: SpanKind;
  /** Never a token, an address, or what somebody has written: spans leave the system. */
  readonly attributes?: Attributes;
  /** The `traceparent` that is continued; where it is none, what is under way here. */
  readonly parent?: string | null | undefined;
  readonly links?: readonly Link[];
}

/** A span that has begun. */
export interface OpenSpan {
  /** Does work of which this span is the parent. */
  run<T>(work: () => T): T;
  set(attributes: Attributes): void;
  /** `errorType` says that it failed, and of what kind: a code or a class, not a message, which may quote anything. */
  end(errorType?: string): void;
  /** As whoever goes on with it elsewhere is told; null where nothing is traced. */
  readonly traceparent: string | null;
}

const NO_SPAN: OpenSpan = {
  run: (work) => work(),
  set: () => undefined,
  end: () => undefined,
  traceparent: null,
};

/** Begins a span; whoever does so ends it. */
export function openSpan(name: string, options: SpanOptions = {}): OpenSpan {
  if (!tracer) return NO_SPAN;
  const { kind = SpanKind.INTERNAL, attributes = {}, parent, links = [] } = options;
  const under: Context = contextOf(parent) ?? context.active();
  const span = tracer.startSpan(name, { kind, attributes, links: [...links] }, under);
  const within = trace.setSpan(under, span);
  return {
    run: (work) => context.with(within, work),
    set: (more) => void span.setAttributes(more),
    end(errorType) {
      if (errorType !== undefined) {
        span.setAttribute('error.type', errorType);
        span.setStatus({ code: SpanStatusCode.ERROR });
      }
      span.end();
    },
    traceparent: formatTraceparent(span.spanContext()),
  };
}

/** Does work in a span that ends with it. */
export async function inSpan<T>(
  name: string,
  options: SpanOptions,
  work: (span: OpenSpan) => Promise<T>,
): Promise<T> {
  if (!tracer) return work(NO_SPAN);
  const span = openSpan(name, options);
  try {
    const result = await span.run(() => work(span));
    span.end();
    return result;
  } catch (error) {
    span.end(errorType(error));
    throw error;
  }
}

/** Begins what lives on when the request that asked for it is answered, and is no part of its trace. */
export function outsideTraces<T>(work: () => T): T {
  return tracer ? context.with(ROOT_CONTEXT, work) : work();
}

/** What kind of failure it is, in a word that says nothing of anybody. */
export function errorType(error: unknown): string {
  return codeOf(error) ?? (error instanceof Error ? error.name : 'error');
}

/** Whether what is done now belongs to a trace that is recorded. */
export function isRecorded(): boolean {
  return tracer !== null && (trace.getSpan(context.active())?.isRecording() ?? false);
}

/** The `traceparent` of what is done now; null where nothing is traced. */
export function currentTraceparent(): string | null {
  return tracer && formatTraceparent(trace.getSpanContext(context.active()));
}

/** What every line of a log carries: the trace that it belongs to. */
export function traceOfLine(): { traceId?: string; spanId?: string } {
  const span = tracer && trace.getSpanContext(context.active());
  return span ? { traceId: span.traceId, spanId: span.spanId } : {};
}
