import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { durationWords } from './duration-words.js';

describe('the words for a duration', () => {
  it.each([
    [0, 'less than 10 seconds'],
    [4.9, 'less than 10 seconds'],
    [5, '5-10 seconds'],
    [12, '10-25 seconds'],
    [30, '30-60 seconds'],
    [45, '45-90 seconds'],
    [46, '1-2 minutes'],
    [60, '1-2 minutes'],
    [120, '2-4 minutes'],
    [150, '2-5 minutes'],
    [1800, '30-60 minutes'],
    [2700, '45-90 minutes'],
    [2701, '1-2 hours'],
    [7200, '2-4 hours'],
    [400_000, '111-223 hours'],
  ])('given %d seconds expected, then %j', (seconds, words) => {
    expect(durationWords(seconds)).toBe(words);
  });

  it('given any forecast, then the range holds it and ends where a longer one does not end earlier', () => {
    const inSeconds = (words: string): [number, number] => {
      const [, from, to, unit] = /^(\d+)-(\d+) (\w+)$/.exec(words)!;
      const scale = { seconds: 1, minutes: 60, hours: 3600 }[unit!]!;
      return [Number(from) * scale, Number(to) * scale];
    };
    fc.assert(
      fc.property(fc.double({ min: 5, max: 1e6, noNaN: true }), (seconds) => {
        const [from, to] = inSeconds(durationWords(seconds));
        expect(to).toBeGreaterThan(from);
        expect(to).toBeGreaterThanOrEqual(seconds * 2);
        expect(inSeconds(durationWords(seconds * 1.1))[1]).toBeGreaterThanOrEqual(to);
      }),
    );
  });
});
