import { createHmac } from 'node:crypto';
import { derivedId } from '@recoup/kernel';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { KeptAnswer, KeptAnswers } from '../adapters/kept-answers.js';
import { newCreation, repeatableCreation, type Creation } from './creation.js';
import { Problem } from './problems.js';

/** A hold on an idempotency key, from before the handler until after it. */
interface KeyHold {
  readonly claim: string;
  readonly creation: Creation;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Creates something: its `Idempotency-Key` is honoured, and `request.creation` names what is created. */
    creates?: boolean;
  }
  interface FastifyRequest {
    readonly creation: Creation;
    keyHold: KeyHold | null;
  }
}

/**
 * Honours `Idempotency-Key` on routes with the configuration `creates`: for 24 hours a repeat gets the first answer, and
 * the same key with another request is refused. Only successes are kept: what was refused has created nothing, and may
 * be tried again. Runs after sessions, since a key is its tenant's own.
 */
export function installIdempotency(app: FastifyInstance, answers: KeptAnswers): void {
  app.decorateRequest('keyHold', null);
  app.decorateRequest('creation', {
    getter() {
      return this.keyHold?.creation ?? newCreation;
    },
  });

  // Behind validation: what is refused there takes no key.
  app.addHook('preHandler', async (request, reply) => {
    const scope = scopeOf(request);
    if (!scope) return;
    const [tenantId, , key] = scope;
    const use = { id: derivedId(...scope), tenantId, fingerprint: fingerprintOf(request, key) };
    const claimed = await answers.claim(use);
    if (claimed.outcome === 'reused') throw reused();
    if (claimed.outcome === 'answered') return replay(reply, claimed.answer);
    request.keyHold = { claim: claimed.claim, creation: repeatableCreation(...scope) };
  });

  app.addHook('onSend', async (request, reply, payload) => {
    const claim = request.keyHold?.claim;
    if (claim === undefined) return;
    request.keyHold = null; // an error handler may send again
    const succeeded = reply.statusCode < 300 && typeof payload === 'string';
    const settled = succeeded
      ? answers.keep(claim, { status: reply.statusCode, body: payload })
      : answers.release(claim);
    // The answer goes out all the same: a repeat finds what was created by its name.
    await settled.catch((error: unknown) => {
      request.log.warn({ err: error }, 'could not keep the answer of an idempotency key');
    });
  });
}

/** Tenant, route and key; null when the request has no key that counts. */
function scopeOf(request: FastifyRequest): readonly [string, string, string] | null {
  const { config, url = '' } = request.routeOptions;
  const key = request.headers['idempotency-key'];
  if (!config.creates || key === undefined || !request.session) return null;
  if (typeof key !== 'string' || !/^[\x20-\x7e]{1,200}$/.test(key)) {
    const message = 'Idempotency-Key: send 1 to 200 printable ASCII characters.';
    throw new Problem({ status: 400, code: 'invalid_request' }, message);
  }
  return [request.session.tenantId, url, key];
}

/** Keyed by what is not stored, because a body may hold a secret: the digest alone does not even say that two are alike. */
function fingerprintOf({ params, query, body }: FastifyRequest, key: string): string {
  const asked = JSON.stringify([params, query, body ?? {}]);
  return createHmac('sha256', key).update(asked).digest('hex');
}

function reused(): Problem {
  const message = 'This Idempotency-Key was used for another request.';
  return new Problem({ status: 422, code: 'idempotency_key_reused' }, message);
}

function replay(reply: FastifyReply, { status, body }: KeptAnswer): FastifyReply {
  return reply
    .code(status)
    .header('idempotency-replayed', 'true')
    .type('application/json; charset=utf-8')
    .send(body);
}
