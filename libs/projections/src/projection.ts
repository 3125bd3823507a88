import type { RecordedEvent } from '@recoup/contracts';

/**
 * A read model: one document per key and tenant, folded from the log. Both functions are pure, so that folding again
 * from the beginning gives the same rows.
 */
export interface Projection<D> {
  readonly name: string;
  /** Raised when the fold changes: the new version is filled beside the old one. */
  readonly version: number;
  /** The row that an event changes; null for events that are not of interest. */
  readonly keyOf: (event: RecordedEvent) => string | null;
  /** The row after an event; null removes it, `before` unchanged leaves it. */
  readonly evolve: (before: D | null, event: RecordedEvent) => D | null;
  /** True for an event before which all rows of its tenant are removed; then it is folded as any other. */
  readonly erases?: (event: RecordedEvent) => boolean;
  /** Of a rebuild: folded into a table beside the live one. */
  readonly beside?: boolean;
}

/** Projections of different documents in one list. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the projector never looks into a document
export type AnyProjection = Projection<any>;

/** Name of the table and of the checkpoint. */
export function tableName({ name, version, beside }: AnyProjection): string {
  if (!/^[a-z_]+$/.test(name)) throw new Error(`not a projection name: ${name}`);
  return `${name}_v${version}${beside ? '_next' : ''}`;
}
