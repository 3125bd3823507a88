import { AppError, messageOf } from '@recoup/kernel';
import type { Connection } from './connection.js';

/** Nobody answered: the service is down, or took longer than was allowed. */
export class NoAnswer extends AppError {
  readonly code = 'NO_ANSWER';
}

/** Asks the service that responds to a subject. The body is JSON; what comes back must be parsed by the caller. */
export async function request(
  { nats }: Connection,
  subject: string,
  { body, timeoutMs }: { body: unknown; timeoutMs: number },
): Promise<unknown> {
  try {
    const reply = await nats.request(subject, JSON.stringify(body), { timeout: timeoutMs });
    return reply.json();
  } catch (cause) {
    throw new NoAnswer(`no answer from ${subject}: ${messageOf(cause)}`, { cause });
  }
}

/**
 * Answers requests on a subject; instances share them as a queue group. The handler's own failures are its to turn into
 * an answer: what it throws leaves the caller without one.
 */
export function respond(
  { nats }: Connection,
  subject: string,
  handler: (body: unknown) => Promise<unknown>,
): void {
  nats.subscribe(subject, {
    queue: subject,
    callback: (error, message) => {
      if (error) return;
      void Promise.resolve()
        .then(() => handler(message.json()))
        .then(
          (answer) => message.respond(JSON.stringify(answer)),
          () => undefined,
        );
    },
  });
}
