import type { FactData } from '@recoup/facts';
import { inboundItemSchema, inboundShipmentSchema } from '../amazon/inbound.js';
import { amazonOrderSchema } from '../amazon/orders.js';
import { amazonTransactionSchema } from '../amazon/transactions.js';
import { inboundItemFact, inboundShipmentFact } from './inbound-fact.js';
import { numbered } from './numbered-transactions.js';
import { orderFact, orderItemFacts } from './order-fact.js';
import { transactionDraft } from './transaction-fact.js';

/** What operations listed, each with its name at Amazon: all pages, in the order in which they came. */
export interface Called {
  /** Of `searchOrders`. */
  readonly orders: Iterable<unknown>;
  /** Of `listTransactions`: whole days, or those that are alike cannot be told apart. */
  readonly transactions: Iterable<unknown>;
  /** Of `getShipments` and `getShipmentItems`. */
  readonly shipments: Iterable<unknown>;
  readonly shipmentItems: Iterable<unknown>;
}

export type CalledKind = 'order' | 'orderItem' | 'transaction' | 'inboundShipment' | 'inboundItem';

/** What operations listed as the facts that a sync would make of it. Throws what the schemas throw, and UnexpectedAnswer. */
export function calledFacts({ orders, transactions, shipments, shipmentItems }: Called): {
  readonly [K in CalledKind]: readonly FactData[K][];
} {
  const read = [...orders].map((one) => amazonOrderSchema.parse(one));
  const drafts = [...transactions].map((one) => ({
    data: transactionDraft(amazonTransactionSchema.parse(one)),
    raw: null,
  }));
  return {
    order: read.map((order) => orderFact(order).data),
    orderItem: read.flatMap((order) => orderItemFacts(order).map(({ data }) => data)),
    transaction: numbered(drafts).map(({ data }) => data),
    inboundShipment: [...shipments].map((one) =>
      inboundShipmentFact(inboundShipmentSchema.parse(one)),
    ),
    inboundItem: [...shipmentItems].map((one) => inboundItemFact(inboundItemSchema.parse(one))),
  };
}
