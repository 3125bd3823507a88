/** The id of a frame: a place in the log. */
export interface EventId {
  readonly shard: number;
  readonly position: number;
}

export function formatEventId({ shard, position }: EventId): string {
  return `${shard}-${position}`;
}

/** Null for anything that is not an id of ours. */
export function parseEventId(text: string | undefined): EventId | null {
  const parts = /^(\d{1,2})-(\d{1,15})$/.exec(text ?? '');
  return parts ? { shard: Number(parts[1]), position: Number(parts[2]) } : null;
}
