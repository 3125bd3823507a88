import { eventually } from '@recoup/testkit';
import { describe, expect, it } from 'vitest';
import { PretendStream } from '../testing/pretend-stream.js';
import { OpenStreams } from './open-streams.js';

const FAR = new Date('2100-01-01');

interface Opened {
  readonly streams: OpenStreams;
  readonly stop: AbortController;
  readonly end: (sessionId: string) => void;
}

function openStreams(heartbeatMs?: number): Opened {
  const stop = new AbortController();
  const listeners = new Set<(sessionId: string) => void>();
  const sessionEnds = {
    onEnd: (listener: (sessionId: string) => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  const streams = new OpenStreams({
    signal: stop.signal,
    sessionEnds,
    ...(heartbeatMs !== undefined && { heartbeatMs }),
  });
  return { streams, stop, end: (sessionId) => listeners.forEach((told) => told(sessionId)) };
}

function add(
  streams: OpenStreams,
  { userId = 'a', id = 'session-1', expiresAt = FAR, count = 1 } = {},
): PretendStream[] {
  return Array.from({ length: count }, () => {
    const stream = new PretendStream();
    streams.add({ id, userId, expiresAt }, stream);
    return stream;
  });
}

const endings = (streams: readonly PretendStream[]): unknown[] =>
  streams.map(({ ending }) => ending);

describe('a user’s streams', () => {
  it('given one more than a user may have, then the oldest is closed and the new one stays', () => {
    const { streams } = openStreams();
    const [oldest, ...others] = add(streams, { count: 21 });
    expect(oldest?.ending).toBe('replaced');
    expect(endings(others)).toEqual(others.map(() => null));
  });

  it('given that some were closed, then they no longer count', () => {
    const { streams } = openStreams();
    const first = add(streams, { count: 20 });
    first[5]!.close('gone');
    add(streams);
    expect(first.filter(({ ending }) => ending !== null)).toEqual([first[5]]);
  });

  it('given another user with many, then nobody else loses one', () => {
    const { streams } = openStreams();
    const mine = add(streams);
    add(streams, { userId: 'b', count: 30 });
    expect(endings(mine)).toEqual([null]);
  });

  it('given a stream that is over before it is added, then it takes no place', () => {
    const { streams } = openStreams();
    const over = new PretendStream();
    over.close('gone');
    streams.add({ id: 'session-1', userId: 'a', expiresAt: FAR }, over);
    expect(endings(add(streams, { count: 20 }))).toEqual(Array(20).fill(null));
  });
});

describe('the end of a session', () => {
  it('given a logout, then its streams end, and those of the user’s other sessions go on', () => {
    const { streams, end } = openStreams();
    const [here] = add(streams, { id: 'here' });
    const [there] = add(streams, { id: 'there' });
    end('here');
    expect([here?.ending, there?.ending]).toEqual(['session', null]);
  });

  it('given a stream that was being opened when its session ended, then it ends as well', () => {
    const { streams, end } = openStreams();
    end('here');
    expect(endings(add(streams, { id: 'here' }))).toEqual(['session']);
  });

  it('given its expiry, then the stream ends without a heartbeat being due', async () => {
    const { streams } = openStreams();
    const [stream] = add(streams, { expiresAt: new Date(Date.now() + 5) });
    await eventually(() => stream?.ending === 'session');
  });

  it('given an expiry that is further away than a timer can count, then the stream goes on', async () => {
    const { streams } = openStreams(5);
    const [stream] = add(streams, { expiresAt: new Date(Date.now() + 2 ** 32) });
    await eventually(() => (stream?.beats ?? 0) >= 3);
    expect(stream?.ending).toBeNull();
  });
});

describe('heartbeats', () => {
  it('given many streams, then each beats, and one that is over does not', async () => {
    const { streams } = openStreams(5);
    const [over, ...others] = add(streams, { count: 20 });
    over?.close('gone');
    await eventually(() => others.every(({ beats }) => beats >= 2));
    expect(over?.beats).toBe(0);
  });
});

describe('the end of the process', () => {
  it('given streams that are open and one that comes later, then all are told', () => {
    const { streams, stop } = openStreams();
    const open = add(streams, { count: 3 });
    stop.abort();
    expect(endings([...open, ...add(streams)])).toEqual(Array(4).fill('stopping'));
  });
});
