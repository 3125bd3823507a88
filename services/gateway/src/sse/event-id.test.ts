import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatEventId, parseEventId } from './event-id.js';

describe('the id of a frame', () => {
  it('given any place in the log, then it reads back as it was written', () => {
    fc.assert(
      fc.property(fc.nat(15), fc.nat(), (shard, position) => {
        expect(parseEventId(formatEventId({ shard, position }))).toEqual({ shard, position });
      }),
    );
  });

  it.each([undefined, '', '3', '3-', '-3', 'a-b', '3-1-1', ' 3-1', '3-1e3', '3-9999999999999999'])(
    'given %j, then it is no id of ours',
    (text) => {
      expect(parseEventId(text)).toBeNull();
    },
  );
});
