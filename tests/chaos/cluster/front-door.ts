import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** One address for several gateways, as a load balancer is. */
export interface FrontDoor extends AsyncDisposable {
  readonly origin: string;
  /** How many connections each of the ports has been given, in their order. */
  readonly given: readonly number[];
}

/**
 * Passes each new connection on to the next of the ports that takes it. What is open to a process that dies breaks, and is
 * for the client to open anew.
 */
export async function openFrontDoor(ports: readonly number[]): Promise<FrontDoor> {
  const given = ports.map(() => 0);
  const open = new Set<Socket>();
  let turn = 0;
  const server = createServer((client) => {
    open.add(client.once('close', () => open.delete(client)));
    client.on('error', () => undefined);
    const tryNext = (left: number): void => {
      if (left === 0) return void client.destroy();
      const nth = (turn += 1) % ports.length;
      const gateway = connect(ports[nth] ?? 0, '127.0.0.1');
      const refused = (): void => tryNext(left - 1);
      gateway.once('error', refused);
      gateway.once('connect', () => {
        gateway.off('error', refused).on('error', () => undefined);
        given[nth] = (given[nth] ?? 0) + 1;
        client.pipe(gateway).pipe(client);
        gateway.once('close', () => client.destroy());
        client.once('close', () => gateway.destroy());
      });
    };
    tryNext(ports.length);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://localhost:${port}`,
    given,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}
