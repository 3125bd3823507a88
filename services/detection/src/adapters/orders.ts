import { isOfOrder } from '@recoup/contracts';
import {
  readByMember,
  readGroups,
  streamGroupPages,
  type Fact,
  type FactKind,
} from '@recoup/facts';
import type { Pool } from 'pg';
import type { CustomerReturn, OrderFacts } from '../domain/facts.js';
import { only, type FactsQuery } from './products.js';

export const OF_ORDERS = [
  'order',
  'orderItem',
  'transaction',
  'customerReturn',
  'replacement',
] as const satisfies readonly FactKind[];

/** One order after the other, in the order of their ids, with payments for it and returns of what replaced its units. */
export async function* readOrders(pool: Pool, query: FactsQuery): AsyncGenerator<OrderFacts> {
  for await (const page of streamGroupPages(pool, { ...query, kinds: OF_ORDERS })) {
    const orders = page.filter(({ facts }) => facts.some(isAboutAnOrder));
    const replacing = orders.flatMap(({ facts }) =>
      only(facts)('replacement').map(({ data }) => data.replacementOrderId),
    );
    const [paid, returned] = await Promise.all([
      readByMember(pool, {
        ...query,
        kind: 'reimbursement',
        values: [...orders.map(({ group }) => group), ...replacing],
      }),
      readGroups(pool, { ...query, kinds: ['customerReturn'], groups: replacing }),
    ]);
    for (const { group, facts } of orders) {
      yield orderFacts(group, facts, { paid, returned: only(returned)('customerReturn') });
    }
  }
}

/** Transactions about products and about nothing are grouped among the orders. */
export function isAboutAnOrder(fact: Fact): boolean {
  return fact.kind !== 'transaction' || isOfOrder(fact.data.type);
}

/** Payments and returns that may be about an order under another number. */
interface Joined {
  readonly paid: readonly Extract<Fact, { kind: 'reimbursement' }>[];
  readonly returned: readonly CustomerReturn[];
}

/** What is known of one order: what names it, and what of the rest is about it. */
export function orderFacts(
  orderId: string,
  facts: readonly Fact[],
  { paid, returned }: Joined,
): OrderFacts {
  const own = only(facts);
  const replacements = own('replacement');
  const ids = new Set([orderId, ...replacements.map(({ data }) => data.replacementOrderId)]);
  return {
    orderId,
    order: own('order')[0] ?? null,
    items: own('orderItem'),
    transactions: own('transaction').filter(({ data }) => isOfOrder(data.type)),
    returns: [
      ...own('customerReturn'),
      ...returned.filter(({ data }) => data.orderId !== orderId && ids.has(data.orderId)),
    ],
    replacements,
    reimbursements: paid.filter(({ data }) => ids.has(data.orderId ?? '')),
  };
}
