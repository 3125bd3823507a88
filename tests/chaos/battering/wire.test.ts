import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { eventually } from '@recoup/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openWire, type Wire } from './wire.js';

let echo: Server;
let wire: Wire;
beforeAll(async () => {
  echo = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.pipe(socket);
  });
  echo.listen(0, '127.0.0.1');
  await once(echo, 'listening');
});
afterAll(() => {
  echo.close();
});
beforeEach(async () => {
  wire = await openWire((echo.address() as AddressInfo).port);
});
afterEach(() => wire[Symbol.asyncDispose]());

interface Client {
  readonly socket: Socket;
  readonly heard: () => string;
  readonly closed: () => boolean;
}

async function open(): Promise<Client> {
  const socket = connect({ port: wire.port, host: '127.0.0.1' });
  let heard = '';
  socket.on('error', () => undefined);
  socket.on('data', (data) => (heard += data.toString()));
  await once(socket, 'connect');
  return { socket, heard: () => heard, closed: () => socket.destroyed };
}

/** Says something, and waits until the server's echo of it has come back. */
async function echoed({ socket, heard }: Client, word: string): Promise<void> {
  socket.write(word);
  await eventually(() => heard().includes(word));
}

describe('openWire', () => {
  it('given a calm wire, then what is said comes through both ways', async () => {
    const client = await open();
    await echoed(client, 'one');
    expect(client.heard()).toBe('one');
  });

  it('when it is cut, then the connections there are end, and new ones work', async () => {
    const before = await open();
    await echoed(before, 'one');
    wire.cut();
    await eventually(() => before.closed());
    await echoed(await open(), 'two');
  });

  it('given a frozen wire, when it goes on, then nothing is lost or out of order', async () => {
    const client = await open();
    wire.turn({ frozen: true });
    client.socket.write('one ');
    client.socket.write('two ');
    const other = await open();
    other.socket.write('three');
    wire.turn({ frozen: false });
    await eventually(() => client.heard() === 'one two ' && other.heard() === 'three');
  });

  it('given connections that it forgets, then they hear nothing and are not closed, until they are buried', async () => {
    const forgotten = await open();
    await echoed(forgotten, 'one');
    wire.forget();
    forgotten.socket.write('two');
    await echoed(await open(), 'three');
    expect(forgotten.heard()).toBe('one');
    expect(forgotten.closed()).toBe(false);
    expect(wire.bury()).toBe(1);
    await eventually(() => forgotten.closed());
  });

  it('given a wire that is down, then nobody comes through', async () => {
    wire.turn({ down: true });
    const socket = connect({ port: wire.port, host: '127.0.0.1' });
    let heard = false;
    socket.on('error', () => undefined);
    socket.on('data', () => (heard = true));
    socket.write('one');
    await eventually(() => socket.destroyed);
    expect(heard).toBe(false);
  });
});
