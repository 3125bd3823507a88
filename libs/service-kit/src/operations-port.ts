import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { messageOf } from '@recoup/kernel';
import type { Service } from './service.js';

export interface OperationsPort extends AsyncDisposable {
  readonly port: number;
}

/**
 * `/livez` (the process turns), `/readyz` (database and bus answer) on a port of their own, never on the one the public
 * reaches. `isReady` adds what the service itself waits for.
 */
export async function openOperationsPort(
  service: Service,
  { port, isReady }: { port: number; isReady: () => boolean },
): Promise<OperationsPort> {
  const server = createServer((request, response) => {
    void answer(service, isReady, request.url ?? '').then(({ status, body }) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, resolve);
  });
  const address = server.address() as AddressInfo;
  return { port: address.port, [Symbol.asyncDispose]: () => close(server) };
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

async function answer(service: Service, isReady: () => boolean, url: string): Promise<Answer> {
  switch (url.split('?')[0]) {
    case '/livez':
      return { status: 200, body: { status: 'ok' } };
    case '/readyz': {
      const checks = {
        started: isReady(),
        database: await answers(service),
        bus: service.bus.healthy(),
      };
      const ready = Object.values(checks).every(Boolean) && !service.signal.aborted;
      return { status: ready ? 200 : 503, body: { status: ready ? 'ready' : 'not ready', checks } };
    }
    default:
      return { status: 404, body: { error: 'not found' } };
  }
}

async function answers({ pool, log }: Service): Promise<boolean> {
  try {
    await pool.query('select 1');
    return true;
  } catch (error) {
    log.debug({ reason: messageOf(error) }, 'database does not answer');
    return false;
  }
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
