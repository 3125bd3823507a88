import { describe, expect, it } from 'vitest';
import { parkedSchema } from './parked/parked-options.js';
import { tailSchema, typesAsked } from './tail/tail-options.js';

describe('parked', () => {
  it.each([
    [{ words: [] }, { task: 'list' }],
    [
      { words: ['list'], consumer: 'evidence' },
      { task: 'list', consumer: 'evidence' },
    ],
    [{ words: ['show', 'sync-1'] }, { task: 'show', streamId: 'sync-1' }],
    [
      { words: ['redrive', 'sync-1'], wait: '5' },
      { streamId: 'sync-1', wait: 5 },
    ],
    [
      { words: ['redrive'], all: true },
      { task: 'redrive', wait: 30 },
    ],
  ])('%j is understood', (given, asked) => {
    expect(parkedSchema.parse(given)).toMatchObject(asked);
  });

  it.each([
    { words: ['skip', 'sync-1'] },
    { words: ['show'] },
    { words: ['redrive'] },
    { words: ['redrive', 'sync-1'], all: true },
    { words: ['list'], all: true },
    { words: ['show', 'sync-1', 'sync-2'] },
    { words: ['list'], consumer: 'amazon' },
  ])('%j is refused, with what can be said', ({ ...given }) => {
    expect(parkedSchema.safeParse(given).error?.issues[0]?.message).toMatch(/list|gateway/);
  });
});

describe('tail', () => {
  it.each([
    [{}, { kind: 'now' }],
    [{ from: 'start' }, { kind: 'position', position: 1 }],
    [
      { from: '7', tenant: 't' },
      { kind: 'position', position: 7 },
    ],
    [{ from: '2026-03-01' }, { kind: 'time', time: new Date('2026-03-01T00:00:00Z') }],
    [{ from: '2026-03-01T12:00:00+01:00' }, { time: new Date('2026-03-01T11:00:00Z') }],
  ])('%j begins there', (given, from) => {
    expect(tailSchema.parse({ words: [], ...given }).from).toMatchObject(from);
  });

  it.each([
    { from: 'yesterday' },
    { from: '7' },
    { from: '0', tenant: 't' },
    { words: ['sync-1'] },
  ])('%j is refused', (given) =>
    expect(tailSchema.safeParse({ words: [], ...given }).success).toBe(false),
  );

  it('takes types and families of them, and no others', () => {
    const { type } = tailSchema.parse({
      words: [],
      type: ['claim.*', 'sync.requested,sync.failed'],
    });
    const known = ['claim.detected', 'sync.requested', 'sync.failed', 'sync.progressed'];
    expect(known.filter(typesAsked(type))).toEqual(known.slice(0, 3));
    expect(known.filter(typesAsked([]))).toEqual(known);
    for (const unknown of ['claim.unheard_of', 'nothing.*', 'claim*']) {
      expect(tailSchema.safeParse({ words: [], type: [unknown] }).success).toBe(false);
    }
  });
});
