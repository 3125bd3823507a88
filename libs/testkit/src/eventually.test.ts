import { describe, expect, it } from 'vitest';
import { eventually, NeverHappened } from './eventually.js';

describe('eventually', () => {
  it('given a check that holds at the third look, answers what it answered', async () => {
    let looks = 0;
    const seen = await eventually(() => (++looks === 3 ? 'there' : null), { everyMs: 1 });
    expect(seen).toBe('there');
    expect(looks).toBe(3);
  });

  it('given zero or an empty text, takes it for an answer', async () => {
    expect(await eventually(() => 0)).toBe(0);
    expect(await eventually(() => '')).toBe('');
  });

  it('given a check that never holds, says what was seen last', async () => {
    let looks = 0;
    const waiting = eventually(() => (looks++ < 1 ? null : false), { timeoutMs: 20, everyMs: 1 });
    await expect(waiting).rejects.toThrow(/last seen: false/);
  });

  it('given a check that keeps throwing, gives its last error as the cause', async () => {
    const failure = new Error('connection refused');
    const waiting = eventually(() => Promise.reject(failure), { timeoutMs: 20, everyMs: 1 });
    const error: unknown = await waiting.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NeverHappened);
    expect(error).toMatchObject({ cause: failure });
    expect(String(error)).toContain('connection refused');
  });
});
