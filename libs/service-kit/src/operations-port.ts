import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { messageOf } from '@recoup/kernel';
import type { Service } from './service.js';

export interface OperationsPort extends AsyncDisposable {
  readonly port: number;
}

/**
 * `/livez` (the process turns), `/readyz` (database and bus answer) and `/metrics` (for Prometheus) on a port of their own,
 * never on the one the public reaches. `isReady` adds what the service itself waits for.
 */
export async function openOperationsPort(
  service: Service,
  { port, isReady }: { port: number; isReady: () => boolean },
): Promise<OperationsPort> {
  const server = createServer((request, response) => {
    void answer(service, isReady, request.url ?? '').then(({ status, type, body }) => {
      response.writeHead(status, { 'content-type': type });
      response.end(body);
    });
  });
  service.metrics.addProcess();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, resolve);
  });
  const address = server.address() as AddressInfo;
  return { port: address.port, [Symbol.asyncDispose]: () => close(server) };
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

async function answer(service: Service, isReady: () => boolean, url: string): Promise<Answer> {
  switch (url.split('?')[0]) {
    case '/livez':
      return json(200, { status: 'ok' });
    case '/metrics':
      return { status: 200, type: service.metrics.contentType, body: await service.metrics.text() };
    case '/readyz': {
      const checks = {
        started: isReady(),
        database: await answers(service),
        bus: service.bus.healthy(),
      };
      const ready = Object.values(checks).every(Boolean) && !service.signal.aborted;
      return json(ready ? 200 : 503, { status: ready ? 'ready' : 'not ready', checks });
    }
    default:
      return json(404, { error: 'not found' });
  }
}

function json(status: number, body: unknown): Answer {
  return { status, type: 'application/json', body: JSON.stringify(body) };
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
