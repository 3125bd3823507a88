import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { openOutbound } from './outbound.js';
import { isPublicAddress, type ResolveAll } from './public-address.js';

describe('given an address', () => {
  it.each(['1.1.1.1', '93.184.216.34', '2606:4700::1111', '::ffff:1.1.1.1'])(
    'then %s is of the open internet',
    (address) => expect(isPublicAddress(address)).toBe(true),
  );

  it.each([
    '127.0.0.1',
    '127.8.8.8',
    '0.0.0.0',
    '10.0.0.1',
    '172.16.5.4',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '192.0.2.1',
    '198.18.0.1',
    '::',
    '::1',
    'fe80::1',
    'fc00::1',
    'fd00:ec2::254',
    '::ffff:127.0.0.1',
    '::ffff:169.254.169.254',
    '::ffff:7f00:1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001:db8::1',
    'ff02::1',
    'localhost',
    '',
  ])('then %s is none', (address) => expect(isPublicAddress(address)).toBe(false));
});

/** What a call to an address comes to, with names that resolve as a test says. */
async function called(url: string, resolveAll?: ResolveAll) {
  const options = { timeoutMs: 2000, publicOnly: true, ...(resolveAll && { resolveAll }) };
  const outbound = openOutbound(options);
  const beginBy = performance.now() + 10_000;
  return outbound.exchange(url, { method: 'POST', body: '{}', beginBy });
}

describe('given a webhook that leads inside', () => {
  it.each([
    'http://127.0.0.1:9/',
    'http://[::1]:9/',
    'http://[::ffff:127.0.0.1]:9/',
    'http://2130706433:9/',
    'http://0x7f.1:9/',
    'http://169.254.169.254/latest/meta-data/',
  ])('then %s is not called', async (url) => {
    const refused = { left: false, status: null, reason: 'REFUSED_ADDRESS' };
    expect(await called(url)).toEqual(refused);
  });

  it('when its name answers with an inner address at last, then it is not called either', async () => {
    let connections = 0;
    const inside = createServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    inside.listen(0, '127.0.0.1');
    await once(inside, 'listening');
    const { port } = inside.address() as AddressInfo;
    const answers: ResolveAll = (_, answer) =>
      answer(null, [
        { address: '1.1.1.1', family: 4 },
        { address: '127.0.0.1', family: 4 },
      ]);
    const url = `http://rebinding.example:${port}/`;
    expect(await called(url, answers)).toMatchObject({ left: false, reason: 'REFUSED_ADDRESS' });
    const inner: ResolveAll = (_, answer) => answer(null, [{ address: '127.0.0.1', family: 4 }]);
    expect(await called(url, inner)).toMatchObject({ left: false, reason: 'REFUSED_ADDRESS' });
    inside.close();
    await once(inside, 'close');
    expect(connections).toBe(0);
  });
});
