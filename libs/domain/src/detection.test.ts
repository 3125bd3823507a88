import type { EventData, EventType, RecordedEvent } from '@recoup/contracts';
import { describe, expect, it } from 'vitest';
import { fromCommand } from './cause.js';
import {
  abandonDetection,
  detectionHasEnded,
  detectionState,
  requestDetection,
} from './detection.js';
import { givenCosts } from './given-costs.js';

const cause = fromCommand('user:u', new Date('2026-11-21T10:00:00Z'));

function recorded<T extends EventType>(type: T, data: EventData<T>, position: number) {
  return { type, data, position, streamVersion: position } as unknown as RecordedEvent;
}

const id = { detectionId: 'd' };
const requested = recorded('claim.detection_requested', id, 1);
const started = recorded(
  'claim.detection_started',
  { ...id, syncId: null, trigger: 'manual', factsAsOf: 3 },
  2,
);
const failed = recorded('claim.detection_failed', { ...id, syncId: null, message: 'no' }, 3);

describe('a detection', () => {
  it('given a request, then it is asked for once, and holds the seller until it has ended', () => {
    expect(requestDetection({ tenantId: 't', detectionId: 'd' }, cause)).toMatchObject({
      streamId: 'detection-d',
      expected: 0,
      take: ['active-detection:t'],
    });
    expect(detectionState([requested, started])).toMatchObject({
      status: 'started',
      reserved: true,
      version: 2,
    });
  });

  it('given one that a sync started, then it holds nobody', () => {
    expect(detectionState([started])).toMatchObject({ reserved: false });
    expect(detectionState([])).toBeNull();
  });

  it('given its end, then it has ended', () => {
    const state = detectionState([requested, started, failed]);
    expect(state && detectionHasEnded(state)).toBe(true);
  });

  it('given one whose facts were erased, then abandoning it frees the seller', () => {
    const state = detectionState([requested]);
    if (!state) throw new Error('no state');
    expect(detectionHasEnded(state)).toBe(false);
    expect(abandonDetection('t', state, cause)).toMatchObject({
      expected: 1,
      release: ['active-detection:t'],
      events: [{ type: 'claim.detection_failed' }],
    });
  });
});

describe('costs that were given', () => {
  const row = (sku: string, unitCost: string | null, effectiveFrom = '2026-01-01') => ({
    ...{ sku, currency: 'USD', effectiveFrom, unitCost },
  });
  const given = (position: number, ...costs: ReturnType<typeof row>[]) =>
    recorded('claim.costs_given', { costs }, position);

  it('stand by SKU, currency and day, the later word over the earlier one', () => {
    const events = [
      given(1, row('B', '2.00'), row('A', '1.00')),
      given(2, row('A', '1.50'), row('A', '1.80', '2026-06-01')),
    ];
    expect(givenCosts(events)).toEqual([
      row('A', '1.50'),
      row('A', '1.80', '2026-06-01'),
      row('B', '2.00'),
    ]);
  });

  it('are gone when they are taken back, or erased', () => {
    const events = [given(1, row('A', '1.00'), row('B', '2.00')), given(2, row('A', null))];
    expect(givenCosts(events)).toEqual([row('B', '2.00')]);
    expect(givenCosts(events, 1)).toEqual([]);
  });
});
