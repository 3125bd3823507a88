import { createServer } from 'node:net';

/** A port of 127.0.0.1 that nobody listens on now. */
export function freePort(): Promise<number> {
  return listenOnce(0);
}

/** The first port from `wanted` on that is free, so that a taken default moves on by one. */
export async function firstFreePort(wanted: number): Promise<number> {
  for (let port = wanted; port < wanted + 100; port += 1) {
    try {
      return await listenOnce(port);
    } catch {
      // taken: try the next one
    }
  }
  return freePort();
}

/** Binds on all interfaces: a port that only another interface has taken is taken as well. */
function listenOnce(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : port));
    });
  });
}
