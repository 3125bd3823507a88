import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { CannotOpen } from './cipher.js';
import { keyRing } from './key-ring.js';
import { documentKeys, encryptionKeySettings } from './key-settings.js';

const [old, current, other] = [randomBytes(32), randomBytes(32), randomBytes(32)];
const dataKey = randomBytes(32);

describe('a ring of wrapping keys', () => {
  it('wraps with the current key, and opens what any of its keys wrapped', () => {
    const before = keyRing(old);
    const during = keyRing(current, [old]);
    const after = keyRing(current);
    const byOld = before.wrap('place', dataKey);
    const byCurrent = during.wrap('place', dataKey);
    expect(during.unwrap('place', byOld)).toEqual(dataKey);
    expect(during.unwrap('place', byCurrent)).toEqual(dataKey);
    expect(after.unwrap('place', byCurrent)).toEqual(dataKey);
    expect(byCurrent.keyId).toBe(during.currentId);
    expect(byOld.keyId).toBe(before.currentId);
    expect(() => after.unwrap('place', byOld)).toThrow(CannotOpen);
    expect(() => before.unwrap('place', byCurrent)).toThrow(CannotOpen);
  });

  it('opens for the place of the wrapping alone, and by the key that is named alone', () => {
    const ring = keyRing(current, [old, other]);
    const stored = ring.wrap('place', dataKey);
    expect(() => ring.unwrap('elsewhere', stored)).toThrow(CannotOpen);
    const keyId = keyRing(old).currentId;
    expect(() => ring.unwrap('place', { ...stored, keyId })).toThrow(CannotOpen);
  });

  it('looks for the key of what does not name one', () => {
    const { wrapped } = keyRing(old).wrap('place', dataKey);
    const unnamed = { wrapped, keyId: null };
    expect(keyRing(current, [other, old]).unwrap('place', unnamed)).toEqual(dataKey);
    expect(() => keyRing(current, [other]).unwrap('place', unnamed)).toThrow(CannotOpen);
  });

  it('names a key without telling it', () => {
    const { currentId } = keyRing(current);
    expect(currentId).toMatch(/^[0-9a-f]{16}$/);
    expect(current.toString('hex')).not.toContain(currentId);
    expect(keyRing(current, [old]).currentId).toBe(currentId);
    expect(keyRing(old).currentId).not.toBe(currentId);
  });
});

describe('the settings of keys', () => {
  const accepted = encryptionKeySettings.ENCRYPTION_KEYS_ACCEPTED;

  it('hold one key, and further ones apart by commas', () => {
    const text = [old, other].map((key) => key.toString('base64')).join(', ');
    expect(accepted.parse(text)).toEqual([old, other]);
    expect(accepted.parse(undefined)).toBeUndefined();
  });

  it.each(['c2hvcnQ=', `${old.toString('base64')},`, '!no-base64!'])('refuse %j', (text) => {
    expect(accepted.safeParse(text).success).toBe(false);
    expect(accepted.safeParse(text).error?.message).not.toContain(text);
  });

  it('make no ring of documents where no key is set', () => {
    expect(documentKeys({})).toBeNull();
    expect(documentKeys({ DOCUMENT_ENCRYPTION_KEY: current })?.currentId).toBe(
      keyRing(current).currentId,
    );
  });
});
