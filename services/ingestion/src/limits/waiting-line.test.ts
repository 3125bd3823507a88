import { describe, expect, it } from 'vitest';
import { openWaitingLine } from './waiting-line.js';

const never = new AbortController().signal;

describe('a waiting line', () => {
  it('given many at once, then one is served at a time, the lowest rank first and equals as they came', async () => {
    const line = openWaitingLine();
    const served: string[] = [];
    let inside = 0;
    const visit = async (name: string, rank: number): Promise<void> => {
      const leave = await line.enter(rank, never);
      inside += 1;
      expect(inside).toBe(1);
      await Promise.resolve();
      served.push(name);
      inside -= 1;
      leave();
    };
    await Promise.all([visit('a', 5), visit('b', 5), visit('c', 1), visit('d', 5), visit('e', 3)]);
    expect(served).toEqual(['a', 'c', 'e', 'b', 'd']);
    expect(line.isEmpty()).toBe(true);
  });

  it('given two places, then two are served at a time and never a third', async () => {
    const line = openWaitingLine(2);
    const [first] = [await line.enter(0, never), await line.enter(0, never)];
    let inside = false;
    const third = line.enter(0, never).then((leave) => {
      inside = true;
      return leave;
    });
    await new Promise(setImmediate);
    expect(inside).toBe(false);
    first?.();
    (await third)();
    expect(line.isEmpty()).toBe(false);
  });

  it('given one who gives up, then it is told why and the next is served in its place', async () => {
    const line = openWaitingLine();
    const leave = await line.enter(0, never);
    const stop = new AbortController();
    const givenUp = line.enter(1, stop.signal);
    const next = line.enter(2, never);
    stop.abort(new Error('stopped'));
    await expect(givenUp).rejects.toThrow('stopped');
    leave();
    (await next)();
    expect(line.isEmpty()).toBe(true);
    await expect(line.enter(0, stop.signal)).rejects.toThrow('stopped');
  });
});
