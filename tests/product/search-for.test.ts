import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { searchFor } from './search-for.js';

const SECRET = 'Atzr|IwEBIKd+secret/of a seller?';
const KEY = Buffer.from('00ff10ef20df30cf40bf50af609f708f', 'hex');
const search = searchFor([SECRET, KEY]);
const around = fc.uint8Array({ maxLength: 40 });

/** How a secret can be written without being hidden. */
const WAYS: readonly [string, (bytes: Buffer) => Buffer | string][] = [
  ['as it is', (bytes) => bytes],
  ['in hexadecimal', (bytes) => bytes.toString('hex')],
  ['in capitals of hexadecimal', (bytes) => bytes.toString('hex').toUpperCase()],
  ['in base64', (bytes) => bytes.toString('base64')],
  ['in base64 for addresses', (bytes) => bytes.toString('base64url')],
];

describe('a search for secrets', () => {
  it.each(WAYS)('finds one that is written %s, whatever stands beside it', (_, written) => {
    fc.assert(
      fc.property(
        around,
        around,
        fc.constantFrom(Buffer.from(SECRET), KEY),
        (...[a, b, secret]) => {
          expect(search(written(Buffer.concat([a, secret, b])))).toHaveLength(1);
        },
      ),
    );
  });

  it('finds one in an address', () => {
    const form = new URLSearchParams({ refresh_token: 'Atzr|IwEBIKd', other: 'x' }).toString();
    expect(searchFor(['Atzr|IwEBIKd'])(form)).toEqual(['Atzr|IwEBIKd in an address']);
  });

  it('finds all that are there, and nothing in what is another', () => {
    expect(search(Buffer.concat([KEY, Buffer.from(SECRET), KEY]))).toHaveLength(2);
    expect(search(randomBytes(1_000_000))).toEqual([]);
    expect(search(SECRET.slice(0, -1))).toEqual([]);
    expect(search('')).toEqual([]);
  });

  it('refuses a word that would be met by chance', () => {
    expect(() => searchFor(['ab'])).toThrow(RangeError);
  });
});
