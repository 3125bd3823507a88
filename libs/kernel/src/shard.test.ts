import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALL_SHARDS, SHARD_COUNT, shardOf } from './shard.js';

describe('shardOf', () => {
  // Computed outside of this program (`printf alice | sha256sum`). A change here would lose every stored stream.
  it.each([
    ['alice', 11],
    ['bob', 1],
    ['tenant-1', 10],
    ['user_42', 7],
  ])('%s is and stays on shard %i', (tenant, shard) => {
    expect(shardOf(tenant)).toBe(shard);
  });

  it('is one of the shards for any tenant', () => {
    fc.assert(fc.property(fc.string(), (tenant) => ALL_SHARDS.includes(shardOf(tenant))));
  });

  it('spreads tenants over all shards', () => {
    const tenants = Array.from({ length: 1000 }, (_, index) => shardOf(`tenant-${index}`));
    expect(new Set(tenants).size).toBe(SHARD_COUNT);
  });
});
