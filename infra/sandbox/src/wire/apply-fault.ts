import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Deps } from '../deps.js';
import { errorOf } from './sp-api-error.js';

export interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly operation: string;
  readonly sellerId: string;
}

function reportTypeIn(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('reportType' in body)) return undefined;
  return typeof body.reportType === 'string' ? body.reportType : undefined;
}

/** Lets a call fail if a failure was ordered for it; the reply is then taken care of, and returned. */
export function applyFault(
  { faults, calls }: Pick<Deps, 'faults' | 'calls'>,
  { request, reply, operation, sellerId }: Exchange,
): FastifyReply | undefined {
  const fault = faults.ofCall(operation, sellerId, reportTypeIn(request.body));
  if (!fault) return undefined;
  if (fault.status !== undefined) {
    if (fault.status === 429) calls.throttle(operation, sellerId);
    return reply.status(fault.status).send(errorOf(fault.status).body());
  }
  reply.hijack();
  // A timeout is an answer that never comes: the connection stays until the client or a shutdown ends it.
  if (fault.mode === 'reset') request.raw.socket.resetAndDestroy();
  return reply;
}
