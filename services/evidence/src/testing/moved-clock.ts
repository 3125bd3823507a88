import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A clock that services follow (`CLOCK_URL`) and a test moves; it goes on from wherever it was put. */
export interface MovedClock extends AsyncDisposable {
  readonly url: string;
  put(instant: Date): void;
}

export async function openMovedClock(): Promise<MovedClock> {
  let aheadMs = 0;
  const server = createServer((_, response) => {
    response.end(JSON.stringify({ now: new Date(Date.now() + aheadMs).toISOString() }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/clock`,
    put(instant) {
      aheadMs = instant.getTime() - Date.now();
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
