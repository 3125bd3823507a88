import type { Frame } from './frame.js';

/** Why a stream ends. The client comes back by itself, but for `complete`: then there is nothing more to come. */
export type Ending =
  'complete' | 'gone' | 'unavailable' | 'slow' | 'replaced' | 'session' | 'stopping';

/** What a client that does not read may leave in memory, in bytes. Past it the stream ends; it resumes where it was. */
export const MAX_BUFFERED = 256 * 1024;

/** A connection that stays open and carries frames to one client. */
export interface LiveStream {
  /** Sends a frame, and closes after the last one. Does nothing once the stream is over. */
  send(frame: Frame): void;
  /** Shows the client, and what lies between, that the connection is alive. */
  beat(): void;
  close(why: Ending): void;
  /** Aborted when the stream is over, whoever ended it. */
  readonly signal: AbortSignal;
}
