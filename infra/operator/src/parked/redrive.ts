import { deadline } from '@recoup/kernel';
import {
  Output,
  redriveParked,
  waitForRedriven,
  type ParkedStream,
  type Redriven,
} from '@recoup/service-kit';
import { placeOf, shown } from '../event-text.js';
import type { OpenLog } from '../open-log.js';
import { openAudit } from './audit.js';
import type { ParkedAsked } from './parked-options.js';

/** Has the chosen streams tried again by the running service, and tells what became of each. 1: not all of them flow. */
export async function redrive(
  { pool }: OpenLog,
  { streamId, consumer, wait, json }: ParkedAsked,
  signal: AbortSignal,
): Promise<number> {
  const audit = openAudit();
  const output = new Output();
  const streams = await redriveParked(pool, { streamId, consumer });
  for (const stream of streams) audit.info({ audit: 'parked.redrive', ...placed(stream) });
  if (streams.length === 0 && !json) await output.line('Nothing of that is parked.');
  using limit = deadline(wait * 1000, signal);
  let allFlow = true;
  for (const before of streams) {
    const became = await waitForRedriven(pool, before, limit.signal);
    const { outcome } = became;
    allFlow &&= outcome === 'flows';
    audit.info({ audit: 'parked.redriven', outcome, ...placed(before) });
    await output.line(json ? { before, ...became } : outcomeText(before, became));
  }
  return allFlow ? 0 : 1;
}

function placed({ consumer, streamId, shard, position, attempts }: ParkedStream): object {
  return { consumer, stream: streamId, shard, position, attempts };
}

function outcomeText(before: ParkedStream, became: Redriven): string {
  const stream = `${before.consumer}: ${before.streamId}`;
  if (became.outcome === 'flows') return shown(`${stream} flows again`);
  const { now } = became;
  const left = `${now.waiting} waiting behind it`;
  if (became.outcome === 'failed') {
    return shown(`${stream} failed at ${placeOf(now)}, ${left}: ${now.error ?? ''}`);
  }
  return shown(
    `${stream} was not tried yet at ${placeOf(now)}, ${left}: it is due, and ${before.consumer} tries it when it runs`,
  );
}
