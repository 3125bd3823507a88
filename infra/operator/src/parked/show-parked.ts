import { CannotRun, Output, parkedEventsOf, parkedStreamsOf } from '@recoup/service-kit';
import { eventText, placeOf, shown } from '../event-text.js';
import type { OpenLog } from '../open-log.js';
import { streamText } from './list-parked.js';
import type { ParkedAsked } from './parked-options.js';

/** Prints of each service that parked a stream: the event that failed, why, and what waits behind it. */
export async function showParked(
  { pool, store }: OpenLog,
  { streamId, consumer, json }: ParkedAsked,
): Promise<number> {
  const streams = await parkedStreamsOf(pool, { consumer, streamId });
  if (streams.length === 0) throw new CannotRun(`Nothing of ${shown(streamId ?? '')} is parked.`);
  const output = new Output();
  for (const stream of streams) {
    const [event] = await store.readShard(stream.shard, stream.position - 1, 1);
    const [, ...behind] = await parkedEventsOf(pool, stream);
    if (json) {
      await output.line({ parked: stream, event, behind });
      continue;
    }
    await output.line(`${streamText(stream)}\n`);
    if (event) await output.line(eventText(event));
    for (const { position, type } of behind) {
      await output.line(`    behind it: ${type} at ${placeOf({ ...stream, position })}`);
    }
  }
  return 0;
}
