import { describe, expect, it } from 'vitest';
import { AmazonCallFailed, UnexpectedAnswer } from '../amazon/errors.js';
import { readStretch, type Stretch } from './read-stretch.js';

const REFUSED = new AmazonCallFailed('InvalidInput', {
  operation: 'listFinancialEvents',
  status: 400,
  amazonCode: 'InvalidInput',
  requestId: null,
  retryable: false,
});
const day = { from: new Date('2026-01-02T00:00:00Z'), to: new Date('2026-01-03T00:00:00Z') };
const idOf = (row: string) => row;
const hours = ({ from, to }: Stretch) => (to.getTime() - from.getTime()) / 3_600_000;

async function* given(...all: readonly (readonly string[])[]) {
  yield* await Promise.resolve(all);
}

describe('a stretch of time', () => {
  it('given a refused page once, then it is read once more', async () => {
    let opened = 0;
    const open = async function* () {
      opened += 1;
      yield* given(['a']);
      if (opened === 1) throw REFUSED;
      yield* given(['b']);
    };
    expect(await readStretch(day, { open, idOf })).toEqual(['a', 'b']);
    expect(opened).toBe(2);
  });

  it('given answers that are too large above three hours, then it is read in parts that join without a gap', async () => {
    const read: Stretch[] = [];
    const open = async function* (stretch: Stretch) {
      if (hours(stretch) > 3) throw REFUSED;
      read.push(stretch);
      yield* given([stretch.from.toISOString()]);
    };
    expect(await readStretch(day, { open, idOf })).toHaveLength(8);
    expect(read[0]?.from).toEqual(day.from);
    expect(read.at(-1)?.to).toEqual(day.to);
    expect(read.slice(1).map(({ from }) => from)).toEqual(read.slice(0, -1).map(({ to }) => to));
  });

  it('given a request that is refused whatever its length, then it fails with what Amazon said', async () => {
    const open = refuse;
    await expect(readStretch(day, { open, idOf })).rejects.toBe(REFUSED);
  });

  it('given rows of a page once more, then each is there once', async () => {
    const open = () => given(['a', 'b'], ['b', 'c'], ['c']);
    expect(await readStretch(day, { open, idOf })).toEqual(['a', 'b', 'c']);
  });

  it('given rows without ids, then all of them are there', async () => {
    const open = () => given(['a', 'a'], ['a']);
    expect(await readStretch(day, { open, idOf: () => null })).toHaveLength(3);
  });

  it('given pages without end that repeat themselves, then it ends with an error', async () => {
    const open = async function* () {
      for (;;) yield* given(['a', 'b']);
    };
    await expect(readStretch(day, { open, idOf })).rejects.toBeInstanceOf(UnexpectedAnswer);
  });
});

async function* refuse(): AsyncGenerator<readonly string[]> {
  await Promise.resolve();
  throw REFUSED;
}
