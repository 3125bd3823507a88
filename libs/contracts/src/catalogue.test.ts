import { describe, expect, it } from 'vitest';
import { checkEventData, eventTypes, InvalidEvent, isEventType } from './catalogue.js';
import { UnknownEvent, upcast } from './versions.js';

describe('the catalogue', () => {
  it('speaks in the past tense of a sync or a claim', () => {
    for (const type of eventTypes) expect(type).toMatch(/^(sync|claim)\.[a-z]+(_[a-z]+)*$/);
  });

  it('knows its own types only, not what every object has', () => {
    expect(isEventType('sync.completed')).toBe(true);
    expect(isEventType('sync.invented')).toBe(false);
    expect(isEventType('toString')).toBe(false);
  });
});

describe('checkEventData', () => {
  it('answers data that its schema accepts', () => {
    expect(checkEventData('sync.adopted', { syncId: 'sync_1' })).toEqual({ syncId: 'sync_1' });
  });

  it('names the type and the field of what it refuses', () => {
    const data = { syncId: 'sync_1', trigger: 'whim' };
    expect(() => checkEventData('sync.requested', data)).toThrow(InvalidEvent);
    expect(() => checkEventData('sync.requested', data)).toThrow(/^sync\.requested: trigger /);
  });

  it.each([
    ['1.005', 'USD'],
    ['1.5', 'JPY'],
  ])('refuses %s %s, which nobody can pay or add up', (amount, currency) => {
    const data = { claimId: 'claim_1', reference: 'R1', reversedOn: '2026-10-01', reason: null };
    const reversed = (text: string) =>
      checkEventData('claim.reversed', { ...data, amount: { amount: text, currency } });
    expect(() => reversed(amount)).toThrow(/amount\.amount has more decimal places/);
    expect(reversed('2.000')).toMatchObject({ amount: { amount: '2.000' } });
  });

  it.each([
    ['a progress above 100', { progress: 101 }],
    ['a progress that is no integer', { progress: 45.5 }],
    ['a count below zero', { counts: { orders: { processed: -1, total: null } } }],
    ['a resource that nobody copies', { counts: { buyers: { processed: 1, total: 1 } } }],
    ['an instant without a time zone', { estimatedCompletion: '2026-10-01T02:04:10' }],
  ])('refuses %s', (_, wrong) => {
    const right = {
      syncId: 'sync_1',
      resource: 'orders',
      window: { from: '2026-08-03T00:00:00Z', to: '2026-08-17T00:00:00Z' },
      progress: 45,
      message: 'Processing orders...',
      counts: { orders: { processed: 1, total: 2 } },
      estimatedCompletion: '2026-10-01T02:04:10Z',
    };
    expect(() => checkEventData('sync.progressed', right)).not.toThrow();
    expect(() => checkEventData('sync.progressed', { ...right, ...wrong })).toThrow(InvalidEvent);
  });
});

describe('upcast', () => {
  it('refuses a type and a version that this build does not know, instead of guessing', () => {
    expect(() => upcast('sync.invented', 1, {})).toThrow(UnknownEvent);
    expect(() => upcast('sync.adopted', 99, { syncId: 'sync_1' })).toThrow(UnknownEvent);
  });
});
