import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Deps } from '../deps.js';
import { STRANGER } from '../wire/leaks.js';
import { parse } from '../wire/query.js';
import { buyerOf } from '../world/buyer.js';
import { SELLER_ID } from '../world/sellers.js';

const sellerSchema = z.object({ sellerId: z.string().regex(SELLER_ID) });
const switchesSchema = z.strictObject({
  restrictedRole: z.boolean().optional(),
  leak: z.boolean().optional(),
});
const PATH = '/sandbox/sellers/:sellerId/buyers';

/**
 * Who the buyers of a seller are, for tests that look for them where they must not be; whether the application may see
 * them; and whether Amazon sends them unasked. The switches hold until the process ends.
 */
export function buyerDoors(app: FastifyInstance, deps: Deps): void {
  app.get(PATH, async ({ params }) => {
    const { book } = await deps.worlds.of(parse(sellerSchema, params).sellerId);
    const buyers = Array.from({ length: book.count }, (_, n) => {
      const order = book.at(n);
      const orderId = book.idOf(order);
      return { orderId, ...buyerOf(orderId, order.marketplace) };
    });
    return { buyers, leaked: STRANGER };
  });
  app.post(PATH, ({ params, body }, reply) => {
    const { sellerId } = parse(sellerSchema, params);
    const { restrictedRole, leak } = parse(switchesSchema, body);
    if (restrictedRole !== undefined) deps.restrictedRole.set(sellerId, restrictedRole);
    if (leak !== undefined) deps.leaks.set(sellerId, leak);
    return reply.status(204).send();
  });
}
