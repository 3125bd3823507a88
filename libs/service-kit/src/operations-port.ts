import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { databaseCheck } from './database-check.js';
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
  const asked: Asked = { isReady, databaseAnswers: databaseCheck(service) };
  const server = createServer((request, response) => {
    void answer(service, asked, request.url ?? '').then(({ status, type, body }) => {
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

interface Asked {
  readonly isReady: () => boolean;
  readonly databaseAnswers: () => Promise<boolean>;
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

async function answer(service: Service, asked: Asked, url: string): Promise<Answer> {
  switch (url.split('?')[0]) {
    case '/livez':
      return json(200, { status: 'ok' });
    case '/metrics':
      return { status: 200, type: service.metrics.contentType, body: await service.metrics.text() };
    case '/readyz': {
      const checks = {
        started: asked.isReady(),
        database: await asked.databaseAnswers(),
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

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
