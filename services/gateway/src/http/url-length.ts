import type { FastifyInstance } from 'fastify';
import { Problem } from './problems.js';

/** More than any address of ours, in bytes: RFC 9110 (4.1) asks for 8000 at least. */
const MAX_URL = 8192;

/** Refuses longer addresses (414). Past twice this the headers as a whole are too large, and no hook runs. */
export function installUrlLength(app: FastifyInstance): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const tooLong = (request.raw.url ?? '').length > MAX_URL;
    done(
      tooLong
        ? new Problem({ status: 414, code: 'url_too_long' }, 'The address is too long.')
        : undefined,
    );
  });
}
