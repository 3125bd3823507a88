import { describe, expect, it } from 'vitest';
import { Coalescer, type CoalescerOptions } from './coalesce.js';

interface Call {
  readonly items: readonly string[];
  /** Ends the call; each item's outcome is the item itself. */
  readonly answer: () => void;
  readonly fail: () => void;
}

/** A coalescer whose calls stay in flight until the test ends them. */
function held(options: Partial<CoalescerOptions<string>> = {}) {
  const calls: Call[] = [];
  const coalescer = new Coalescer<string, string>(
    (items) =>
      new Promise((resolve, reject) => {
        calls.push({
          items,
          answer: () => resolve(items),
          fail: () => reject(new Error('broken')),
        });
      }),
    { maxItems: 10, maxWeight: 100, ...options },
  );
  return { calls, coalescer };
}

const turn = (): Promise<void> =>
  new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
const sent = (calls: readonly Call[]): string[] => calls.map((call) => call.items.join(''));

describe('a coalescer', () => {
  it('lets what comes in one turn leave together, and what comes later when the call is back', async () => {
    const { calls, coalescer } = held();
    const all = [coalescer.submit('a'), coalescer.submit('b')];
    await turn();
    all.push(coalescer.submit('c'), coalescer.submit('d'));
    await turn();
    expect(sent(calls)).toEqual(['ab']);
    calls[0]?.answer();
    await turn();
    expect(sent(calls)).toEqual(['ab', 'cd']);
    calls[1]?.answer();
    expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('cuts calls by number and by weight, but lets one heavy item go', async () => {
    const { calls, coalescer } = held({ maxItems: 2, maxWeight: 5 });
    for (const [item, weight] of [
      ['a', 9],
      ['b', 3],
      ['c', 2],
      ['d', 1],
      ['e', 1],
      ['f', 1],
    ] as const) {
      void coalescer.submit(item, weight);
    }
    for (const nth of [0, 1, 2]) {
      await turn();
      calls[nth]?.answer();
    }
    await turn();
    expect(sent(calls)).toEqual(['a', 'bc', 'de', 'f']);
  });

  it('sends each item alone when a call with several throws', async () => {
    const { calls, coalescer } = held();
    const results = Promise.allSettled([coalescer.submit('a'), coalescer.submit('b')]);
    await turn();
    calls[0]?.fail();
    await turn();
    calls[1]?.fail();
    await turn();
    calls[2]?.answer();
    expect((await results).map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(sent(calls)).toEqual(['ab', 'a', 'b']);
  });

  it('opens a second lane once enough waits, and shares out what waits over free lanes', async () => {
    const { calls, coalescer } = held({ lanes: 2, laneWeight: 2 });
    void coalescer.submit('a');
    await turn();
    void coalescer.submit('b');
    await turn();
    expect(sent(calls)).toEqual(['a']);
    void coalescer.submit('c');
    await turn();
    expect(sent(calls)).toEqual(['a', 'bc']);
    for (const item of ['d', 'e', 'f', 'g']) void coalescer.submit(item);
    calls.forEach((call) => call.answer());
    await turn();
    expect(sent(calls)).toEqual(['a', 'bc', 'de', 'fg']);
  });

  it('keeps items that share a key in their order over lanes, and lets others pass', async () => {
    const { calls, coalescer } = held({ lanes: 2, keysOf: (item) => item.split('-') });
    void coalescer.submit('a');
    await turn();
    for (const item of ['a-b', 'b', 'c']) void coalescer.submit(item);
    await turn();
    expect(calls.map((call) => call.items)).toEqual([['a'], ['c']]);
    calls[0]?.answer();
    await turn();
    expect(calls[2]?.items).toEqual(['a-b', 'b']);
  });
});
