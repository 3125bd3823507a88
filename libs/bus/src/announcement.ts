import { messageOf } from '@recoup/kernel';
import type { Connection } from './connection.js';

/**
 * Tells every process that hears a subject, over core NATS. Nothing is stored: who is away misses it, so what must not
 * be missed needs a record beside it. While the server is away it is sent with the reconnect.
 */
export function announce({ nats }: Connection, subject: string, body: unknown): void {
  if (nats.isClosed()) return; // the process stops: nobody is left to tell
  nats.publish(subject, JSON.stringify(body));
}

/**
 * Calls the listener with the body of every announcement on a subject, this process's own too. What comes must be parsed
 * by the listener; what it throws, and what is no JSON, is given to `onError` and stops nothing. Answers how to stop.
 */
export function hear(
  { nats }: Connection,
  subject: string,
  { listener, onError }: { listener: (body: unknown) => void; onError: (error: Error) => void },
): () => void {
  const subscription = nats.subscribe(subject, {
    callback: (error, message) => {
      if (error) return onError(error);
      try {
        listener(message.json());
      } catch (cause) {
        onError(new Error(`${subject}: ${messageOf(cause)}`, { cause }));
      }
    },
  });
  return () => subscription.unsubscribe();
}
