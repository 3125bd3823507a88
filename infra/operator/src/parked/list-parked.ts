import { stuckRows } from '@recoup/projections';
import { Output, parkedStreamsOf, type ParkedStream } from '@recoup/service-kit';
import { placeOf, shown } from '../event-text.js';
import type { OpenLog } from '../open-log.js';
import type { ParkedAsked } from './parked-options.js';

/** Prints the parked streams, and the stuck rows of read models, which the gateway folds. */
export async function listParked({ pool }: OpenLog, asked: ParkedAsked): Promise<number> {
  const { consumer, json } = asked;
  const streams = await parkedStreamsOf(pool, { consumer });
  const stuck = consumer === undefined || consumer === 'gateway' ? await stuckRows(pool) : [];
  const output = new Output();
  if (json) {
    for (const stream of streams) await output.line({ parked: stream });
    for (const row of stuck) await output.line({ stuck: row });
    return 0;
  }
  if (streams.length + stuck.length === 0) await output.line('Nothing is parked.');
  for (const stream of streams) await output.line(streamText(stream));
  for (const { projection, tenantId, key, position, error, since } of stuck) {
    const row = `row ${key} of ${tenantId} in ${projection} is stuck since ${since}, before position ${position}`;
    await output.line(shown(row));
    await output.line(shown(`    ${error}`));
  }
  return 0;
}

/** A parked stream in two lines: where it stands, and why. */
export function streamText(stream: ParkedStream): string {
  const { consumer, streamId, tenantId, type, attempts, error, nextTry, waiting } = stream;
  const next = nextTry === null ? 'given up: waits for an operator' : `next at ${nextTry}`;
  return [
    `${consumer}: ${streamId} of ${tenantId}, ${type} at ${placeOf(stream)}, ${waiting} waiting behind it`,
    `    ${attempts} tries since ${stream.parkedAt}, ${next}: ${error ?? 'not tried yet'}`,
  ]
    .map(shown)
    .join('\n');
}
