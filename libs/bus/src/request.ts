import { headers } from '@nats-io/nats-core';
import { AppError, messageOf } from '@recoup/kernel';
import type { Connection } from './connection.js';

/** Nobody answered: the service is down, or took longer than was allowed. */
export class NoAnswer extends AppError {
  readonly code = 'NO_ANSWER';
}

/** W3C Trace Context over NATS, as OpenTelemetry's conventions for messages have it. */
const TRACEPARENT = 'traceparent';

/** Asks the service that responds to a subject. The body is JSON; what comes back must be parsed by the caller. */
export async function request(
  { nats }: Connection,
  subject: string,
  {
    body,
    timeoutMs,
    traceparent = null,
  }: { body: unknown; timeoutMs: number; traceparent?: string | null | undefined },
): Promise<unknown> {
  try {
    const set = headers();
    if (traceparent !== null) set.set(TRACEPARENT, traceparent);
    const reply = await nats.request(subject, JSON.stringify(body), {
      timeout: timeoutMs,
      ...(traceparent !== null && { headers: set }),
    });
    return reply.json();
  } catch (cause) {
    throw new NoAnswer(`no answer from ${subject}: ${messageOf(cause)}`, { cause });
  }
}

/** Answers a request; `traceparent` is the trace that the caller asks in. */
export type Responder = (body: unknown, traceparent: string | null) => Promise<unknown>;

/**
 * Answers requests on a subject; instances share them as a queue group. The handler's own failures are its to turn into
 * an answer: what it throws leaves the caller without one.
 */
export function respond({ nats }: Connection, subject: string, handler: Responder): void {
  nats.subscribe(subject, {
    queue: subject,
    callback: (error, message) => {
      if (error) return;
      void Promise.resolve()
        .then(() => handler(message.json(), message.headers?.get(TRACEPARENT) || null))
        .then(
          (answer) => message.respond(JSON.stringify(answer)),
          () => undefined,
        );
    },
  });
}
