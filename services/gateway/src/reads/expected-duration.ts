import { streams, type RecordedEvent } from '@recoup/contracts';
import { sleep } from '@recoup/kernel';
import type { Gateway } from '../gateway.js';
import { lastCompleteSync } from './last-complete-sync.js';

/** How long a start waits for the plan of its sync, and how often it looks, in milliseconds. */
const PLAN_MS = 2000;
const LOOK_MS = 100;

const BEGINS = new Set(['sync.requested', 'sync.adopted']);

/**
 * How long a sync that has just started will take, in seconds: what its plan forecasts from the calls ahead and the rate
 * limits. While there is no plan yet, what the last sync of this seller took; null when none has completed either.
 */
export async function expectedDuration(
  { streams: log, reads, signal }: Gateway,
  tenantId: string,
  syncId: string,
): Promise<number | null> {
  const end = performance.now() + PLAN_MS;
  for (;;) {
    const seconds = forecastAtStart(await log.readStream(tenantId, streams.sync(syncId)));
    if (seconds !== null) return seconds;
    if (signal.aborted || performance.now() >= end) break;
    await sleep(LOOK_MS, signal);
  }
  const last = await lastCompleteSync({ reads }, tenantId);
  return last ? secondsBetween(last.startedAt, last.completedAt ?? last.startedAt) : null;
}

/**
 * From the seller's start to the completion that was forecast then, in seconds; null while nothing is planned. For a sync
 * that was joined on its way that is the last forecast before, else the first one after: asked later, it says the same.
 */
export function forecastAtStart(events: readonly RecordedEvent[]): number | null {
  const start = events.findLast(({ type }) => BEGINS.has(type));
  const forecasts = events.filter(
    (event) => event.type === 'sync.planned' || event.type === 'sync.progressed',
  );
  const forecast =
    forecasts.findLast(({ position }) => position < (start?.position ?? 0)) ?? forecasts[0];
  if (!start || !forecast) return null;
  return Math.max(0, secondsBetween(start.occurredAt, forecast.data.estimatedCompletion));
}

function secondsBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 1000;
}
