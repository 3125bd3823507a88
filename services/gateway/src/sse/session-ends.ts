import type { Bus } from '@recoup/bus';
import { SESSION_ENDED_SUBJECT } from '@recoup/contracts';
import { newId } from '@recoup/kernel';
import { z } from 'zod';

const announcementSchema = z.object({ sessionId: z.string(), from: z.string() });

/** Sessions that were ended before their time, told to every gateway process: what a session keeps open ends with it. */
export interface SessionEnds {
  /** Tells that a session ended, here at once and elsewhere as soon as the wire carries it. */
  ended(sessionId: string): void;
  /** Calls back with each session that ends, wherever it was ended. Answers how to stop listening. */
  onEnd(listener: (sessionId: string) => void): () => void;
}

/** Ends told over the bus. While that is away they are told in this process, and to the others when it is back. */
export function openSessionEnds(
  bus: Pick<Bus, 'announce' | 'hear'>,
  onError: (error: unknown) => void,
): SessionEnds {
  const process = newId();
  const listeners = new Set<(sessionId: string) => void>();
  const tell = (sessionId: string): void => {
    for (const listener of listeners) {
      try {
        listener(sessionId);
      } catch (error) {
        onError(error); // one listener's failure must not keep another stream open
      }
    }
  };
  bus.hear(SESSION_ENDED_SUBJECT, {
    listener(body) {
      const { sessionId, from } = announcementSchema.parse(body);
      if (from !== process) tell(sessionId);
    },
    onError,
  });
  return {
    ended(sessionId) {
      tell(sessionId);
      bus.announce(SESSION_ENDED_SUBJECT, { sessionId, from: process });
    },
    onEnd(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
