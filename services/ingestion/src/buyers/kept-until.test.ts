import { describe, expect, it } from 'vitest';
import { keptUntil } from './kept-until.js';

const ordered = new Date('2026-03-01T10:00:00Z');
const window = (from: string | null, to: string | null) => ({
  earliestDateTime: from,
  latestDateTime: to,
});

describe('keptUntil', () => {
  it('given no promise, then thirty days after the order', () => {
    expect(keptUntil(ordered, [])).toEqual(new Date('2026-03-31T10:00:00Z'));
  });

  it('given a promise, then thirty days after its beginning', () => {
    const promise = window('2026-03-05T00:00:00Z', '2026-03-07T00:00:00Z');
    expect(keptUntil(ordered, [promise])).toEqual(new Date('2026-04-04T00:00:00Z'));
  });

  it('given several parcels, then the last one counts', () => {
    const promises = [
      window('2026-03-20T00:00:00Z', null),
      window('2026-03-05T00:00:00Z', '2026-03-25T00:00:00Z'),
    ];
    expect(keptUntil(ordered, promises)).toEqual(new Date('2026-04-19T00:00:00Z'));
  });

  it('given a promise with an end alone, then that; given what is no time, then as if there were none', () => {
    expect(keptUntil(ordered, [window(null, '2026-03-07T00:00:00Z')])).toEqual(
      new Date('2026-04-06T00:00:00Z'),
    );
    for (const promise of [window('soon', null), window(null, null), {}]) {
      expect(keptUntil(ordered, [promise])).toEqual(new Date('2026-03-31T10:00:00Z'));
    }
  });
});
