import { z } from 'zod';
import type { Rig } from '../rig.js';
import type { Talk } from './conversation.js';

const TOKENS = '/tokens/2021-03-01/restrictedDataToken';
const ORDERS = '/orders/v0/orders';

const bodyFor = (path: string, dataElements: readonly string[]) => ({
  restrictedResources: [{ method: 'GET', path, dataElements }],
});

/** A token that opens what an order says of people. */
export async function restrictedToken(
  rig: Rig,
  path: string,
  elements: readonly string[],
): Promise<string> {
  const reply = await rig.call(TOKENS, { method: 'POST', body: bodyFor(path, elements) });
  return z.object({ restrictedDataToken: z.string() }).parse(reply.json).restrictedDataToken;
}

export const createRestrictedDataToken: Talk = async ({ ask }) => {
  const post = (body: unknown) => ask(TOKENS, { method: 'POST', body });
  await post(bodyFor(ORDERS, ['buyerInfo', 'shippingAddress', 'buyerTaxInformation']));
  await post(bodyFor(`${ORDERS}/{orderId}/orderItems`, ['buyerInfo']));
  await post({});
  await post(bodyFor('/no/such/path', ['buyerInfo']));
};
