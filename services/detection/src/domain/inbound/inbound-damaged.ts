import { marketplaceOfCountry } from '@recoup/domain';
import type { Context } from '../context.js';
import { NOTHING, together, type Detected, type ProductDetector } from '../detector.js';
import type { LedgerRow } from '../facts.js';
import { judge } from '../judge.js';
import { familyPayments } from '../payments/family-payments.js';
import { linesOf, paidOf, setOff, type Settled } from '../payments/set-off.js';
import type { ProductKey } from '../product-key.js';
import { preOrderValue, UNKNOWN_VALUE } from '../value/pre-order-value.js';
import { subjectOf } from './inbound-subject.js';
import { isTransport, shipmentCharges } from './shipment-charges.js';
import { shipmentLines, type ShipmentLine } from './shipment-lines.js';

interface Damage {
  readonly line: ShipmentLine;
  readonly first: LedgerRow;
  readonly rows: readonly LedgerRow[];
  readonly units: number;
  /** Damaged by Amazon, or by a carrier that the seller paid through Amazon; false where nobody can tell. */
  readonly answersFor: boolean;
}

/**
 * Units that were received damaged by a carrier or by Amazon itself. Whose carrier it was Amazon's reports tell by one
 * thing only: a charge for transport that names the shipment was for Amazon's partnered carrier. Without one the damage is
 * shown and worth nothing. What the sender packed badly (`DISTRIBUTOR_DAMAGED`) is not Amazon's.
 *
 * These units count as received: no shortage is claimed for them. Damage after the receipt is that of warehouses.
 */
export const inboundDamaged: ProductDetector = {
  subtype: 'inbound_damaged',
  of: 'product',
  needs: ['inboundShipments', 'ledger', 'reimbursements'],
  detect(key, context) {
    const damages = damagesOf(key);
    const settled = setOff(
      damages.map(({ line, first, units }) => ({
        key: line.shipmentId,
        id: line.shipmentId,
        from: first.data.day,
        units,
      })),
      familyPayments(key.facts.reimbursements, {
        network: key.network,
        family: 'inbound',
        damage: true,
      }),
    );
    return together(
      damages.map((damage) => {
        const open = settled.get(damage.line.shipmentId);
        return open && open.left > 0 ? claimOf(damage, open, { key, context }) : NOTHING;
      }),
    );
  },
};

const AMAZON = 'WAREHOUSE_DAMAGED';
const CARRIER = 'CARRIER_DAMAGED';

function damagesOf({ facts }: ProductKey): readonly Damage[] {
  const carried = new Set(
    shipmentCharges(facts)
      .filter(({ type }) => isTransport(type))
      .map(({ shipmentId }) => shipmentId),
  );
  return shipmentLines(facts).flatMap((line) => {
    const rows = line.receipts.filter(({ data }) => [AMAZON, CARRIER].includes(wordOf(data)));
    const units = rows.reduce((sum, { data }) => sum + data.quantity, 0);
    const [first] = rows;
    if (!first || units <= 0) return [];
    const byAmazon = rows.every(({ data }) => wordOf(data) === AMAZON);
    return [{ line, first, rows, units, answersFor: byAmazon || carried.has(line.shipmentId) }];
  });
}

function wordOf({ disposition }: LedgerRow['data']): string {
  return disposition
    .trim()
    .toUpperCase()
    .replaceAll(/[^A-Z]+/g, '_');
}

function claimOf(
  damage: Damage,
  open: Settled,
  { key, context }: { readonly key: ProductKey; readonly context: Context },
): Detected {
  const { line, first, rows, units, answersFor } = damage;
  const { day, country, fulfillmentCenter } = first.data;
  const marketplace = marketplaceOfCountry(country);
  if (!marketplace) return { ...NOTHING, withoutPolicy: 1 };
  const worth = {
    payments: key.facts.reimbursements,
    marketplace,
    sku: line.sku,
    units: open.left,
    lossDay: day,
    sellable: true,
  };
  return judge(
    {
      marketplace,
      anchor: [line.shipmentId, line.fnsku],
      subject: {
        ...subjectOf(line, key.facts),
        shipmentId: line.shipmentId,
        facility: fulfillmentCenter || null,
      },
      startDay: day,
      statedByAmazon: true,
      quantity: open.left,
      value: answersFor ? preOrderValue(worth, context) : UNKNOWN_VALUE,
      features: {
        stated_by_amazon: answersFor ? 1 : 0,
        exact_match: open.uses.every(({ named }) => named) ? 1 : 0,
        settled_share: paidOf(open) / units,
        noise: answersFor ? 0 : 1,
      },
      allocation: [
        {
          kind: 'damaged',
          day,
          quantity: units,
          reference: line.shipmentId,
          facility: fulfillmentCenter || null,
        },
        ...linesOf(open),
      ],
      sources: [
        ...rows.map(({ key: row }) => ({ kind: 'ledger', key: row })),
        ...line.sources.filter(({ kind }) => kind !== 'ledger'),
        ...open.uses.map(({ source }) => source),
      ],
    },
    inboundDamaged,
    context,
  );
}
