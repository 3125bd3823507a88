import { describe, expect, it } from 'vitest';
import { accessOptions, BadAccess, newBusUser, publicKeyOf } from './access.js';

describe('access', () => {
  it('given addresses of a cluster, then TLS is asked of all when it is asked of one', () => {
    const url = 'tls://nats-0:4222, tls://nats-1:4222';
    const { servers, tls } = accessOptions({ url });
    expect(servers).toEqual(['tls://nats-0:4222', 'tls://nats-1:4222']);
    expect(tls).toEqual({});
    expect(accessOptions({ url: 'nats://here:4222' })).not.toHaveProperty('tls');
  });

  it('given a new user, then its seed tells its public key', () => {
    const { seed, publicKey } = newBusUser();
    expect(publicKey).toMatch(/^U[A-Z2-7]{55}$/);
    expect(publicKeyOf(seed)).toBe(publicKey);
  });

  it('given a seed that is none, then it says so without the seed', () => {
    const open = () => accessOptions({ url: 'nats://here', nkeySeed: 'SUNONE' });
    expect(open).toThrow(BadAccess);
    expect(open).not.toThrow(/SUNONE/);
  });

  it('given certificates that cannot be read, then it names the file', () => {
    const open = () => accessOptions({ url: 'tls://here', caFile: '/nowhere/ca.pem' });
    expect(open).toThrow(/cannot be read: \/nowhere\/ca\.pem/);
  });
});
