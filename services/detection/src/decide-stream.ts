import type { NewEvent, RecordedEvent } from '@recoup/contracts';
import type { EventStore } from '@recoup/event-store';
import { AppError } from '@recoup/kernel';

/** A stream kept moving under every attempt to append to it. */
export class StreamContended extends AppError {
  readonly code = 'STREAM_CONTENDED';
}

/** How often a decision is made anew because somebody else wrote to the stream in between. */
const ATTEMPTS = 5;

interface Folded {
  /** Stream version, for the next append. */
  readonly version: number;
}

type Fold<S> = (events: readonly RecordedEvent[]) => S | null;

export interface StreamDecision<S> {
  readonly tenantId: string;
  readonly streamId: string;
  readonly fold: Fold<S>;
  /** Read together with many others; read again only when the stream has moved on. */
  readonly state: S | null;
  readonly decide: (state: S | null) => readonly NewEvent[];
}

/**
 * Appends what is decided over a stream, deciding anew when it has moved on meanwhile, and answers the state decided from
 * and the events that now stand. Throws StreamContended.
 */
export async function decideStream<S extends Folded>(
  store: EventStore,
  { tenantId, streamId, fold, state, decide }: StreamDecision<S>,
): Promise<{ readonly state: S | null; readonly events: readonly NewEvent[] }> {
  let current = state;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const events = decide(current);
    if (events.length === 0) return { state: current, events };
    const expected = current?.version ?? 'absent';
    const outcome = await store.append({ tenantId, streamId, expected, events });
    if (outcome.ok) return { state: current, events };
    current = fold(await store.readStream(tenantId, streamId));
  }
  throw new StreamContended(`${streamId} kept changing`);
}

/** The states of many streams in one query, by what `streamOf` names them by; what does not exist is not in it. */
export async function readStates<S>(
  store: EventStore,
  tenantId: string,
  { ids, streamOf, fold }: Many<S>,
): Promise<ReadonlyMap<string, S>> {
  const byStream = new Map(ids.map((id) => [streamOf(id), id]));
  const states = new Map<string, S>();
  if (byStream.size === 0) return states;
  for (const [streamId, events] of await store.readStreams(tenantId, [...byStream.keys()])) {
    const state = fold(events);
    if (state) states.set(byStream.get(streamId) ?? streamId, state);
  }
  return states;
}

interface Many<S> {
  readonly ids: readonly string[];
  readonly streamOf: (id: string) => string;
  readonly fold: Fold<S>;
}
