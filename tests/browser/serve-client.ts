import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { passOn, passUpgradeOn } from './reverse-proxy.js';

const FOLDER = new URL('client/', import.meta.url);
const FILES: Readonly<Record<string, string>> = {
  '/client.js': 'text/javascript',
  '/views.js': 'text/javascript',
  '/client.css': 'text/css',
};

/** What a frontend's own server passes on to the gateway; the rest is the frontend's, `/auth/success` too. */
const GATEWAY_PATHS = /^\/(api|ws)\/|^\/auth\/(amazon|local)\b/;

export interface ClientOptions {
  /** The name in the page's address. To a browser `127.0.0.1` is another site than `localhost`. */
  readonly host?: 'localhost' | '127.0.0.1';
  /** Where the page finds the API: `own` is its own origin, from where requests are passed on to the gateway. */
  readonly api: 'own' | 'gateway';
}

/** The web client, served on an origin of its own. */
export interface ServedClient extends AsyncDisposable {
  readonly origin: string;
  /** Says where the gateway is: the page's origin is among its settings, so it starts later. */
  useGateway(origin: string): void;
}

/** Serves the web client on a free port of this machine. */
export async function serveClient({
  host = 'localhost',
  api,
}: ClientOptions): Promise<ServedClient> {
  let gateway = '';
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    if (api === 'own' && GATEWAY_PATHS.test(path)) passOn(request, response, gateway);
    else servePage(response, path, api === 'own' ? '' : gateway);
  });
  if (api === 'own')
    server.on('upgrade', (request, socket) => passUpgradeOn(request, socket, gateway));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://${host}:${(server.address() as AddressInfo).port}`,
    useGateway: (origin) => (gateway = origin),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Any address that is no file is the one page: it has routes of its own. */
function servePage(response: ServerResponse, path: string, api: string): void {
  if (path === '/config.js') {
    response.setHeader('content-type', 'text/javascript');
    response.end(`window.CONFIG = ${JSON.stringify({ api })};`);
    return;
  }
  const type = FILES[path];
  response.setHeader('content-type', type ?? 'text/html');
  response.end(readFileSync(new URL(type === undefined ? 'index.html' : path.slice(1), FOLDER)));
}
