import type { RecordedEvent } from '@recoup/contracts';
import { describe, expect, it } from 'vitest';
import { eventOf, fromCommand, fromEvent } from './cause.js';

const at = new Date('2026-10-01T02:00:00Z');

describe('a cause', () => {
  it('given a command, then it begins a correlation and follows from nothing', () => {
    const [one, two] = [fromCommand('user:alice', at), fromCommand('user:alice', at)];
    expect(one).toMatchObject({ actor: 'user:alice', at, causationId: null });
    expect(one.correlationId).not.toBe(two.correlationId);
  });

  it('given an event, then it keeps the correlation and the trace, and names the event', () => {
    const event = { id: 'e1', correlationId: 'c1', traceparent: '00-a-b-01' } as RecordedEvent;
    expect(fromEvent(event, 'service:ingestion', at)).toEqual({
      actor: 'service:ingestion',
      at,
      correlationId: 'c1',
      causationId: 'e1',
      traceparent: '00-a-b-01',
    });
  });
});

describe('an event of a decision', () => {
  const cause = fromCommand('user:alice', at);
  const data = { syncId: 's1' };

  it('carries its cause', () => {
    expect(eventOf('sync.adopted', data, { cause })).toMatchObject({
      type: 'sync.adopted',
      occurredAt: '2026-10-01T02:00:00.000Z',
      correlationId: cause.correlationId,
      causationId: null,
      actor: 'user:alice',
      traceparent: null,
      data,
    });
  });

  it('has a new id each time, and with `once` the same for the same thing and type', () => {
    const id = (once?: string[]) =>
      eventOf('sync.adopted', data, { cause, ...(once && { once }) }).id;
    expect(id()).not.toBe(id());
    expect(id(['s1'])).toBe(id(['s1']));
    expect(id(['s1'])).not.toBe(id(['s2']));
    const cancelled = eventOf(
      'sync.cancelled',
      { syncId: 's1', reason: '' },
      { cause, once: ['s1'] },
    );
    expect(cancelled.id).not.toBe(id(['s1']));
  });
});
