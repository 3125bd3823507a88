import { describe, expect, it } from 'vitest';
import { openBuyerAccess, type BuyerState } from '../buyers/buyer-access.js';
import { buyerNote } from './buyers-of-sync.js';

const accessOf = (initially: BuyerState) =>
  openBuyerAccess({
    initially,
    isRefusal: () => false,
    onRefused: () => Promise.resolve(),
  });

describe('what the coverage says of buyers', () => {
  it.each([
    { state: 'unwanted', resource: 'orders', family: 'reports', said: undefined },
    { state: 'granted', resource: 'orders', family: 'api', said: undefined },
    { state: 'refused', resource: 'orders', family: 'api', said: 'restricted role' },
    { state: 'refused', resource: 'transactions', family: 'api', said: undefined },
    { state: 'unknown', resource: 'orders', family: 'reports', said: 'report' },
  ] as const)(
    'given $state, of $resource by $family: $said',
    ({ state, resource, family, said }) => {
      const note = buyerNote(accessOf(state), { resource, family });
      if (said === undefined) expect(note).toBeUndefined();
      else expect(note).toContain(said);
    },
  );
});
