import type { SyncResource } from '@recoup/contracts';
import { describe, expect, it } from 'vitest';
import type { Source } from '../sources/source.js';
import { startInOrder } from './start-in-order.js';

function source(resource: SyncResource, after?: readonly SyncResource[]): Source {
  return {
    resource,
    route: 'a-route',
    family: 'api',
    counts: 'order',
    concurrency: 1,
    ...(after ? { after } : {}),
    demand: () => ({}),
    read: () => Promise.resolve(),
  };
}

describe('sources that come after others', () => {
  it('given a source that needs two others, then it begins when both have ended and not before', async () => {
    const told: string[] = [];
    const ends = new Map<SyncResource, () => void>();
    const parts = startInOrder(
      [source('feeEstimates', ['inventory', 'orders']), source('orders'), source('inventory')],
      ({ resource }) => {
        told.push(resource);
        return new Promise((resolve) => ends.set(resource, resolve));
      },
    );
    await new Promise(setImmediate);
    expect(told.sort()).toEqual(['inventory', 'orders']);
    ends.get('orders')?.();
    await parts[1];
    await new Promise(setImmediate);
    expect(told).not.toContain('feeEstimates');
    ends.get('inventory')?.();
    await parts[2];
    await new Promise(setImmediate);
    expect(told).toContain('feeEstimates');
    ends.get('feeEstimates')?.();
    await Promise.all(parts);
    expect(told).toHaveLength(3);
  });

  it('given a predecessor that fails, then its follower is never begun and fails with its error', async () => {
    const told: string[] = [];
    const parts = startInOrder(
      [source('orders'), source('feeEstimates', ['orders'])],
      ({ resource }) => {
        told.push(resource);
        return Promise.reject(new Error('no orders'));
      },
    );
    const ended = await Promise.allSettled(parts);
    expect(ended.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(told).toEqual(['orders']);
  });

  it('given a predecessor that this sync does not read, then it is not waited for', async () => {
    await Promise.all(startInOrder([source('feeEstimates', ['orders'])], () => Promise.resolve()));
  });

  it('given sources that wait for each other, then that is said at once', () => {
    const circle = [source('orders', ['inventory']), source('inventory', ['orders'])];
    expect(() => startInOrder(circle, () => Promise.resolve())).toThrow('would wait for itself');
  });
});
