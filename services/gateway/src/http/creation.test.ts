import { describe, expect, it } from 'vitest';
import { newCreation, repeatableCreation } from './creation.js';

describe('what a request creates', () => {
  it('given no key, then it is new each time', () => {
    expect(newCreation.newName('sync')).toMatch(/^sync_/);
    expect(newCreation.newName('sync')).not.toBe(newCreation.newName('sync'));
  });

  it('given a key, then a repeat names the same things in the same order', () => {
    const names = (...scope: string[]) => {
      const creation = repeatableCreation(...scope);
      return [creation.newName('sync'), creation.newName('sync')];
    };
    const first = names('tenant-1', '/api/sync/start', 'key');
    expect(first).toEqual(names('tenant-1', '/api/sync/start', 'key'));
    expect(first[0]).not.toBe(first[1]);
    expect(first[0]).not.toBe(names('tenant-2', '/api/sync/start', 'key')[0]);
    expect(first[0]).not.toBe(names('tenant-1', '/api/sync/start', 'yek')[0]);
  });
});
