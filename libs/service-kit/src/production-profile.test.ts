import { describe, expect, it } from 'vitest';
import { checkProfile } from './production-profile.js';

const safe = {
  RECOUP_PROFILE: 'production',
  DATABASE_URL: 'postgres://role:secret@db/recoup?sslmode=verify-full&sslrootcert=/ca.pem',
  NATS_URL: 'tls://nats-0:4222,tls://nats-1:4222',
  NATS_NKEY_SEED: 'SUA',
};
const check = (settings: Record<string, string | undefined>) => () =>
  checkProfile({ ...safe, ...settings });

describe('the production profile', () => {
  it('given verified connections and a user of its own, then it has nothing to say', () => {
    expect(check({})).not.toThrow();
  });

  it.each([
    ['DATABASE_URL', 'postgres://role:secret@db/recoup'],
    ['DATABASE_URL', 'postgres://role:secret@db/recoup?sslmode=require'],
    ['DATABASE_URL', 'postgres://role:secret@db/recoup?sslmode=no-verify'],
    ['DATABASE_URL', 'postgres://role:secret@db/recoup?sslmode=verify-full&sslmode=disable'],
    ['DATABASE_URL', 'postgres://role:secret@db/recoup?sslmode=verify-full&ssl=0'],
    ['DATABASE_TENANT_URL', 'postgresql://role:secret@db/recoup'],
    ['NATS_URL', 'nats://nats:4222'],
    ['NATS_URL', 'tls://nats-0:4222,nats-1:4222'],
    ['NATS_NKEY_SEED', undefined],
    ['LOCAL_SIGN_IN_TOKEN', 'a-link-that-signs-in'],
    ['CLOCK_URL', 'http://127.0.0.1/clock'],
  ])('given %s as %s, then it names the setting and not the value', (name, value) => {
    expect(check({ [name]: value })).toThrow(new RegExp(`${name} (needs|is not|must not)`));
    expect(check({ [name]: value })).not.toThrow(/secret|signs-in/);
  });

  it('given the same in development, then all of it may be', () => {
    expect(check({ RECOUP_PROFILE: 'development', NATS_URL: 'nats://nats' })).not.toThrow();
  });
});
