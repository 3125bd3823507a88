import { marketplaceOfCountry, type MarketplaceRow } from '@recoup/domain';
import { marketplacesOf } from '@recoup/domain';
import { todayAt, type Context } from '../context.js';
import { NOTHING, together, type Detected, type ProductDetector } from '../detector.js';
import { judge } from '../judge.js';
import { linesOf, paidOf } from '../payments/set-off.js';
import type { ProductKey } from '../product-key.js';
import type { Features } from '../score/features.js';
import { preOrderValue } from '../value/pre-order-value.js';
import { subjectOf } from './inbound-subject.js';
import { shortagesOf, type Shortage } from './shortages.js';

/**
 * Units that were sent to Amazon in a shipment and not received. Its window counts from the first receipt of the shipment
 * in the ledger, which comes after the delivery by days: Amazon gives shipments no times. A shipment of which nothing was
 * ever received has no day, and nothing can be said about it.
 */
export const inboundShortage: ProductDetector = {
  subtype: 'inbound_shortage',
  of: 'product',
  needs: ['inboundShipments', 'ledger', 'reimbursements'],
  detect(key, context) {
    const [place] = marketplacesOf(key.network);
    if (!place) return NOTHING;
    const shortages = shortagesOf(key.facts, {
      network: key.network,
      today: todayAt(place, context),
    });
    return together(
      shortages
        .filter(({ settled }) => settled.left > 0)
        .map((shortage) => claimOf(shortage, key, context)),
    );
  },
};

function claimOf(shortage: Shortage, key: ProductKey, context: Context): Detected {
  const { line, settled, startDay } = shortage;
  const [first] = line.ofShipment;
  const marketplace = first ? marketplaceOfCountry(first.data.country) : null;
  if (startDay === null || !marketplace) return { ...NOTHING, withoutPolicy: 1 };
  return judge(
    {
      marketplace,
      anchor: [line.shipmentId, line.fnsku],
      subject: {
        ...subjectOf(line, key.facts),
        shipmentId: line.shipmentId,
        facility: first?.data.fulfillmentCenter || null,
      },
      startDay,
      statedByAmazon: line.status === 'CLOSED',
      quantity: settled.left,
      value: valueOf(shortage, { key, marketplace, startDay, context }),
      features: featuresOf(shortage),
      allocation: [
        { ...lineOf(line.shipmentId, startDay), kind: 'shipped', quantity: line.shipped },
        ...(line.received > 0
          ? [
              {
                ...lineOf(line.shipmentId, startDay),
                kind: 'received' as const,
                quantity: line.received,
              },
            ]
          : []),
        ...linesOf(settled),
      ],
      sources: [...line.sources, ...settled.uses.map(({ source }) => source)],
    },
    inboundShortage,
    context,
  );
}

interface Valued {
  readonly key: ProductKey;
  readonly marketplace: MarketplaceRow;
  readonly startDay: string;
  readonly context: Context;
}

function valueOf({ line, settled }: Shortage, { key, marketplace, startDay, context }: Valued) {
  return preOrderValue(
    {
      payments: key.facts.reimbursements,
      marketplace,
      sku: line.sku,
      units: settled.left,
      lossDay: startDay,
      sellable: true,
    },
    context,
  );
}

function lineOf(reference: string, day: string) {
  return { reference, day, facility: null };
}

/** Whole cases that are missing may have been counted as something else; so may what a payment without a name was for. */
function featuresOf({ line, units, settled }: Shortage): Features {
  const pooled = settled.uses.filter(({ named }) => !named);
  const wholeCases = line.inCase !== null && settled.left % line.inCase === 0;
  const centres = new Set(line.receipts.map(({ data }) => data.fulfillmentCenter));
  return {
    stated_by_amazon: line.status === 'CLOSED' ? 1 : 0,
    exact_match: pooled.length === 0 ? 1 : 0,
    settled_share: paidOf(settled) / units,
    noise: Math.min(3, settled.uses.length + (wholeCases ? 1 : 0)),
    pair_complete: line.received === line.booked ? 1 : 0,
    one_centre: centres.size === 1 ? 1 : 0,
  };
}
