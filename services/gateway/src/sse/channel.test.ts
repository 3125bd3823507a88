import { describe, expect, it } from 'vitest';
import { PretendStream } from '../testing/pretend-stream.js';
import { Channel } from './channel.js';
import { Frame } from './frame.js';

const frame = (position: number, last = false): Frame =>
  new Frame({ shard: 3, position }, { position }, { last });

function told(channel: Channel, from: number, to: number): void {
  for (let position = from; position <= to; position += 1) channel.tell(frame(position));
}

const numbers = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, n) => from + n);

describe('a channel', () => {
  it('given two clients, then both get the very same bytes', () => {
    const channel = new Channel(0);
    const [one, two] = [new PretendStream(), new PretendStream()];
    channel.join(one, 0);
    channel.join(two, 0);
    channel.tell(frame(1));
    expect(one.frames[0]?.bytes).toBe(two.frames[0]?.bytes);
    expect(one.frames[0]?.bytes.toString()).toBe('id: 3-1\ndata: {"position":1}\n\n');
  });

  it.each([0, 4, 10])(
    'given a client that has heard up to %i, then it gets what came after',
    (after) => {
      const channel = new Channel(0);
      told(channel, 1, 10);
      const stream = new PretendStream();
      channel.join(stream, after);
      told(channel, 11, 12);
      expect(stream.places).toEqual(numbers(after + 1, 12));
    },
  );

  it('given a client that was told elsewhere what is not told here yet, then it gets only the later frames', () => {
    const channel = new Channel(0);
    const stream = new PretendStream();
    channel.join(stream, 5);
    told(channel, 1, 7);
    expect(stream.places).toEqual([6, 7]);
  });

  it('given many frames, then it keeps the newest, and knows which places it can go on from', () => {
    const channel = new Channel(0);
    told(channel, 1, 1000);
    expect(channel.covers(0)).toBe(false);
    expect(channel.knows(0)).toBe(false);
    const oldest = numbers(1, 1000).find((position) => channel.covers(position)) ?? 0;
    expect(1000 - oldest).toBeGreaterThanOrEqual(128);
    expect(1000 - oldest).toBeLessThanOrEqual(256);
    expect(channel.knows(oldest)).toBe(true);
    const stream = new PretendStream();
    channel.join(stream, oldest);
    expect(stream.places).toEqual(numbers(oldest + 1, 1000));
  });

  it('given a client that leaves while it is told what it missed, then it is told no more', () => {
    const channel = new Channel(0);
    told(channel, 1, 3);
    const stream = new PretendStream();
    const send = stream.send.bind(stream);
    stream.send = (sent) => {
      send(sent);
      stream.close('slow');
    };
    channel.join(stream, 0);
    told(channel, 4, 5);
    expect(stream.places).toEqual([1]);
    expect(channel.placeOf(stream)).toBeUndefined();
  });

  it('given the last frame, then its clients are done', () => {
    const channel = new Channel(0);
    const stream = new PretendStream();
    channel.join(stream, 0);
    channel.tell(frame(1, true));
    expect(stream.ending).toBe('complete');
  });
});
