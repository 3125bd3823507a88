import type { App } from '../gateway.js';
import { Problem } from './problems.js';

/**
 * Requests that offer another protocol (`Upgrade: h2c`, as some clients send with every first request) to a route that
 * has none. Once one route takes WebSockets, Node takes the parser off every connection that offers an upgrade: such a
 * request is answered as if it had offered nothing, then its connection ends, and a body can no longer be read.
 */
export function installUpgrades(app: App): void {
  app.addHook('onRequest', (request, reply, done) => {
    if (!isUpgrade(request.raw)) return done();
    void reply.header('connection', 'close');
    const { 'content-length': length = '0', 'transfer-encoding': encoding } = request.headers;
    if (length === '0' && encoding === undefined) return done();
    done(
      new Problem(
        { status: 400, code: 'bad_request' },
        'Send requests that have a body without the header Upgrade.',
      ),
    );
  });
  app.addHook('onResponse', (request, _reply, done) => {
    if (isUpgrade(request.raw)) request.raw.socket.end();
    done();
  });
}

/** Node sets it where it handed the connection over; its type does not know. */
function isUpgrade(raw: object): boolean {
  return 'upgrade' in raw && raw.upgrade === true;
}
