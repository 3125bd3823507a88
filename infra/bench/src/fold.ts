import type { RecordedEvent } from '@recoup/contracts';
import type { Projection } from '@recoup/projections';

/** What every side folds: a document per stream. */
export interface Document {
  readonly seen: number;
  readonly last: string;
}

/** The fold that every side does, over an event of its own shape. */
export function counted(before: Document | null, last: string): Document {
  return { seen: (before?.seen ?? 0) + 1, last };
}

export const benchProjection: Projection<Document> = {
  name: 'bench',
  version: 1,
  keyOf: (event) => event.streamId,
  evolve: (before, event: RecordedEvent) => counted(before, event.correlationId),
};
