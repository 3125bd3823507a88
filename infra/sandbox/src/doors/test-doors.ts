import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Deps } from '../deps.js';
import { bookOf } from '../outcomes/case-answer.js';
import { unaskedBook } from '../outcomes/unasked-book.js';
import { faultSchema, type Fault } from '../wire/fault.js';
import { parse } from '../wire/query.js';
import { stormOf, stormSchema } from '../wire/storm.js';
import { OFFERED_SELLERS, SELLER_ID } from '../world/sellers.js';

/** Forward only: what has happened stays so. */
const advanceSchema = z.strictObject({
  advanceSeconds: z
    .number()
    .positive()
    .max(400 * 86_400),
});

const followerSchema = z.object({ by: z.string().max(40).optional() });

/** What Amazon does not have: the truth, tokens without a browser, the hands of the clock, failures to order. For tests. */
export function testDoors(app: FastifyInstance, deps: Deps): void {
  app.get('/sandbox/sellers', () => ({ sellers: OFFERED_SELLERS }));
  app.get('/sandbox/sellers/:sellerId/truth', async (request) => {
    const world = await deps.worlds.of(sellerIn(request));
    return world.truth;
  });
  app.get('/sandbox/sellers/:sellerId/cases', async (request) => {
    const { worked } = await deps.worlds.deskOf(sellerIn(request));
    const nowMs = deps.clock.now().getTime();
    const world = await deps.worlds.of(sellerIn(request));
    const cases = worked.map((one) => bookOf(one, nowMs));
    return { cases, unasked: unaskedBook(world, worked) };
  });
  app.get('/sandbox/sellers/:sellerId/refresh-token', (request) => ({
    refreshToken: deps.grants.refreshToken(sellerIn(request), deps.config.LWA_CLIENT_ID),
  }));
  app.post('/sandbox/sellers/:sellerId/revoke', async (request, reply) => {
    await deps.grants.revoke(sellerIn(request));
    return reply.status(204).send();
  });
  /** Who follows the clock, and what time it was told last. */
  const heard = new Map<string, string>();
  const time = () => ({ now: deps.clock.now().toISOString() });
  app.get('/sandbox/clock', (request) => {
    const { by } = parse(followerSchema, request.query);
    if (by !== undefined) heard.set(by, time().now);
    return { ...time(), heard: Object.fromEntries(heard) };
  });
  app.post('/sandbox/clock', async (request) => {
    await deps.clock.advance(parse(advanceSchema, request.body).advanceSeconds * 1_000);
    return time();
  });
  app.get('/sandbox/calls', () => ({ calls: deps.calls.all() }));
  app.get('/sandbox/faults', () => ({ struck: deps.faults.struck() }));
  app.post('/sandbox/faults', (request, reply) => {
    for (const fault of ordersIn(request.body)) deps.faults.add(fault);
    return reply.status(204).send();
  });
  app.delete('/sandbox/faults', (_, reply) => {
    deps.faults.clear();
    return reply.status(204).send();
  });
}

function ordersIn(body: unknown): Fault[] {
  const isProfile = typeof body === 'object' && body !== null && 'profile' in body;
  return isProfile ? stormOf(parse(stormSchema, body)) : [parse(faultSchema, body)];
}

function sellerIn({ params }: FastifyRequest): string {
  return parse(z.object({ sellerId: z.string().regex(SELLER_ID) }), params).sellerId;
}
