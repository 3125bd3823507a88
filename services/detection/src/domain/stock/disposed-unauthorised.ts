import { marketplaceOfCountry } from '@recoup/domain';
import { dayIn } from '@recoup/kernel';
import type { Context } from '../context.js';
import { NOTHING, together, type Detected, type ProductDetector } from '../detector.js';
import { judge } from '../judge.js';
import type { ProductKey } from '../product-key.js';
import { preOrderValue } from '../value/pre-order-value.js';
import { isSellable } from '../warehouse/ledger-codes.js';
import { disposalsIn, type Disposal } from './disposals.js';

/**
 * Sellable units that were disposed of and that no order of the seller asked for. Unsellable stock is disposed of without an
 * order by the setting that has been the default since 2023-11-01 (seller-forum.com/t/2370), so its disposal says nothing;
 * and damaged stock is that of `damaged_warehouse`, whose allocation has its disposals. A person files these: safety and
 * law have Amazon destroy sellable stock, too, and no report says so.
 */
export const disposedUnauthorised: ProductDetector = {
  subtype: 'disposed_unauthorised',
  of: 'product',
  needs: ['ledger', 'removalOrders'],
  detect: (key, context) =>
    together(
      disposalsIn(key.facts, key.network)
        .filter(({ row, left }) => left > 0 && isSellable(row.data))
        .map((disposal) => claimOf(disposal, key, context)),
    ),
};

function claimOf(disposal: Disposal, { facts }: ProductKey, context: Context): Detected {
  const { row, units, left, ordered } = disposal;
  const { data } = row;
  const marketplace = marketplaceOfCountry(data.country);
  if (!marketplace) return { ...NOTHING, withoutPolicy: 1 };
  const facility = data.fulfillmentCenter || null;
  const value = preOrderValue(
    {
      payments: facts.reimbursements,
      marketplace,
      sku: data.sku,
      units: left,
      lossDay: data.day,
      sellable: true,
    },
    context,
  );
  return judge(
    {
      marketplace,
      anchor: [row.key],
      subject: {
        fnsku: data.fnsku,
        sku: data.sku,
        asin: data.asin,
        productName: data.title,
        facility,
      },
      startDay: data.day,
      statedByAmazon: false,
      quantity: left,
      value,
      features: { one_centre: 1, noise: ordered.length > 0 ? 1 : 0 },
      allocation: [
        { kind: 'disposed', day: data.day, quantity: units, reference: data.referenceId, facility },
        ...ordered.map(({ order, units: asked }) => ({
          kind: 'requested' as const,
          day: dayIn(marketplace.timeZone, new Date(order.data.requestedAt)),
          quantity: asked,
          reference: order.data.orderId,
          facility: null,
        })),
      ],
      sources: [
        { kind: 'ledger', key: row.key },
        ...ordered.map(({ order }) => ({ kind: 'removalOrder', key: order.key })),
      ],
    },
    disposedUnauthorised,
    context,
  );
}
