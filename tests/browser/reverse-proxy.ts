import { request, type IncomingMessage, type RequestOptions, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** The request as it came, its `Host` too, so that page and API are one origin on both sides of the proxy. */
function sameRequest({ method, url, headers }: IncomingMessage, gateway: string): RequestOptions {
  return { host: '127.0.0.1', port: new URL(gateway).port, method, path: url, headers };
}

/** Passes a request on to the gateway and its answer back, a piece at a time: streams stay streams. */
export function passOn(from: IncomingMessage, to: ServerResponse, gateway: string): void {
  const onward = request(sameRequest(from, gateway));
  onward.on('response', (answer) => {
    to.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
    to.flushHeaders();
    answer.pipe(to);
    answer.on('error', () => to.destroy());
  });
  onward.on('error', () => (to.headersSent ? to.destroy() : to.writeHead(502).end()));
  to.on('close', () => onward.destroy());
  from.pipe(onward);
}

/** Passes the opening of a WebSocket on, and then both directions as they are. A refusal ends the connection. */
export function passUpgradeOn(from: IncomingMessage, client: Duplex, gateway: string): void {
  const onward = request(sameRequest(from, gateway));
  onward.on('upgrade', ({ rawHeaders }, server, head) => {
    const lines = ['HTTP/1.1 101 Switching Protocols'];
    for (let at = 0; at < rawHeaders.length; at += 2) {
      lines.push(`${rawHeaders[at]}: ${rawHeaders[at + 1]}`);
    }
    client.write(`${lines.join('\r\n')}\r\n\r\n`);
    client.write(head);
    server.pipe(client).pipe(server);
    server.on('error', () => client.destroy());
  });
  onward.on('response', () => client.destroy());
  onward.on('error', () => client.destroy());
  client.on('error', () => onward.destroy());
  onward.end();
}
