import { describe, expect, it } from 'vitest';
import { OpenStreams } from './open-streams.js';

function stream(): { close(): void; signal: AbortSignal } {
  const over = new AbortController();
  return { close: () => over.abort(), signal: over.signal };
}

function open(streams: OpenStreams, userId: string, count: number): ReturnType<typeof stream>[] {
  return Array.from({ length: count }, () => {
    const added = stream();
    streams.add(userId, added);
    return added;
  });
}

describe('open streams', () => {
  it('given one more than a user may have, then the oldest is closed and the new one stays', () => {
    const streams = new OpenStreams();
    const added = open(streams, 'a', 21);
    expect(added.map(({ signal }) => signal.aborted)).toEqual([
      true,
      ...Array.from({ length: 20 }, () => false),
    ]);
  });

  it('given that some were closed, then they no longer count', () => {
    const streams = new OpenStreams();
    const first = open(streams, 'a', 20);
    first[5]!.close();
    open(streams, 'a', 1);
    expect(first.filter(({ signal }) => signal.aborted)).toEqual([first[5]]);
  });

  it('given another user with many, then nobody else loses one', () => {
    const streams = new OpenStreams();
    const mine = open(streams, 'a', 1);
    open(streams, 'b', 30);
    expect(mine[0]!.signal.aborted).toBe(false);
  });

  it('given a stream that is over before it is added, then it takes no place', () => {
    const streams = new OpenStreams();
    const over = stream();
    over.close();
    streams.add('a', over);
    expect(open(streams, 'a', 20).some(({ signal }) => signal.aborted)).toBe(false);
  });
});
