import { describe, expect, it } from 'vitest';
import { queryString } from './query-string.js';

describe('queryString', () => {
  it('given a list, then it is one parameter with commas', () => {
    expect(queryString({ marketplaceIds: ['A', 'B'], details: true })).toBe(
      '?marketplaceIds=A,B&details=true',
    );
  });

  it('given an element that holds a comma or a percent sign, then it stays one element', () => {
    expect(queryString({ sellerSkus: ['50%,red', 'a+b'] })).toBe('?sellerSkus=50%25%2Cred,a%2Bb');
  });

  it('given no value, then no parameter', () => {
    expect(queryString({ nextToken: undefined })).toBe('');
  });
});
