import type { FastifyRequest } from 'fastify';
import { Problem } from './problems.js';
import { sessionOf, type Session } from './session.js';

/** The session of an operator. Throws the 403 for anybody else: that the route exists is no secret. */
export function operatorOnly(request: FastifyRequest): Session {
  const session = sessionOf(request);
  if (session.isOperator) return session;
  throw new Problem({ status: 403, code: 'operator_only' }, 'This takes the role of an operator.');
}
