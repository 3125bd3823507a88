import type { RecordedEvent } from '@recoup/contracts';
import { currentTraceparent, isTracing, openSpan } from '@recoup/service-kit';
import type { Frame } from './frame.js';

/** Tells those who listen of an event, as a part of the trace that caused it. */
export function inDeliverySpan(event: RecordedEvent, tell: () => void): void {
  const { traceparent: parent, type } = event;
  if (!isTracing() || parent === null) return tell();
  const span = openSpan(`deliver ${type}`, { parent, attributes: { 'recoup.event.type': type } });
  span.run(tell);
  span.end();
}

/** Writes a frame to all who watch a channel, in a span of its own; `write` answers to how many. */
export function inFrameSpan({ position }: Frame, write: () => number): void {
  if (currentTraceparent() === null) return void write();
  const span = openSpan('write sse frame', { attributes: { 'recoup.log.position': position } });
  span.set({ 'recoup.sse.clients': write() });
  span.end();
}
