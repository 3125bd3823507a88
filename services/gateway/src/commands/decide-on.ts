import type { NewEvent, RecordedEvent } from '@recoup/contracts';
import { fromCommand, isRejection, type Cause, type Rejection } from '@recoup/domain';
import { MAX_TRIES, type CommandContext } from './context.js';

/** A stream that a user decides on. */
export interface StreamCommand {
  readonly tenantId: string;
  readonly userId: string;
  readonly streamId: string;
}

export interface Decision<S> {
  /** What the stream tells, to decide over; a refusal ends it. */
  readonly know: (recorded: readonly RecordedEvent[]) => Promise<S | Rejection>;
  readonly decide: (state: S, cause: Cause) => readonly NewEvent[] | Rejection;
}

/**
 * Decides over a stream as it stands and appends the result, again from the start when it moved in between. Waits until
 * reads show it, and answers what the stream tells then; a decision that changes nothing is answered the same way. A refusal
 * is passed on.
 */
export async function decideOn<S>(
  { store, clock, shown }: CommandContext,
  { tenantId, userId, streamId }: StreamCommand,
  { know, decide }: Decision<S>,
): Promise<S | Rejection> {
  const cause = fromCommand(`user:${userId}`, clock.now());
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const recorded = await store.readStream(tenantId, streamId);
    const state = await know(recorded);
    if (isRejection(state)) return state;
    const events = decide(state, cause);
    if (isRejection(events)) return events;
    const last = recorded.at(-1);
    if (events.length === 0) {
      if (last) await shown(tenantId, last.position);
      return state;
    }
    const expected = last?.streamVersion ?? 'absent';
    const outcome = await store.append({ tenantId, streamId, expected, events });
    if (outcome.ok) {
      await shown(tenantId, outcome.position);
      return know(await store.readStream(tenantId, streamId));
    }
    // Somebody else appended in between: decide again over what was written.
  }
  throw new Error(`${streamId} could not be decided on: it kept changing`);
}
