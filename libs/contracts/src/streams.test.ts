import { ALL_SHARDS } from '@recoup/kernel';
import { describe, expect, it } from 'vitest';
import { eventTypes } from './catalogue.js';
import {
  BadSubject,
  reservations,
  shardToken,
  streams,
  subjectOf,
  subjectsOfShard,
} from './streams.js';

/** NATS subject matching for the patterns used here: `*` is one token. */
function matches(pattern: string, subject: string): boolean {
  const tokens = subject.split('.');
  const wanted = pattern.split('.');
  return (
    tokens.length === wanted.length &&
    wanted.every((token, i) => token === '*' || token === tokens[i])
  );
}

describe('subjects', () => {
  it('put the shard, as two digits, between context and event', () => {
    expect(subjectOf('sync.completed', 7)).toBe('sync.07.completed');
    expect(subjectOf('claim.detection_started', 15)).toBe('claim.15.detection_started');
  });

  it('of every event on every shard are heard by that shard alone, once', () => {
    for (const type of eventTypes) {
      for (const shard of ALL_SHARDS) {
        const subject = subjectOf(type, shard);
        const heard = ALL_SHARDS.filter((other) =>
          subjectsOfShard(other).some((pattern) => matches(pattern, subject)),
        );
        expect(heard).toEqual([shard]);
        expect(matches(`*.${shardToken(shard)}.*`, subject)).toBe(true);
      }
    }
  });

  it('of different events differ', () => {
    expect(new Set(eventTypes.map((type) => subjectOf(type, 3))).size).toBe(eventTypes.length);
  });

  it.each(['sync', 'sync.', 'other.thing', 'sync.two.dots', 'sync.*', 'sync.>', 'sync.a b'])(
    'refuse %j',
    (type) => {
      expect(() => subjectOf(type, 1)).toThrow(BadSubject);
    },
  );

  it.each([-1, 100, 1.5])('refuse shard %d', (shard) => {
    expect(() => subjectOf('sync.completed', shard)).toThrow(BadSubject);
  });
});

describe('stream ids', () => {
  it('differ between kinds for one and the same id', () => {
    const ids = Object.values(streams).map((streamOf) => streamOf('one'));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('and reservations name their tenant', () => {
    expect(streams.connection('alice')).not.toBe(streams.connection('bob'));
    expect(reservations.activeSync('alice')).not.toBe(reservations.activeSync('bob'));
  });
});
