import { dayIn } from '@recoup/kernel';
import { assertedOf } from '../assertions.js';
import type { Context } from '../context.js';
import { NOTHING, together, type Detected, type ProductDetector } from '../detector.js';
import { subjectOf } from '../inbound/inbound-subject.js';
import { judge } from '../judge.js';
import { familyPayments } from '../payments/family-payments.js';
import { linesOf, paidOf, setOff, type Settled } from '../payments/set-off.js';
import type { ProductKey } from '../product-key.js';
import { preOrderValue } from '../value/pre-order-value.js';
import { removalLines, type RemovalLine } from './removal-lines.js';
import { placeOf } from './removal-lost.js';

/**
 * Units that a person says came damaged with a removal order: at most those that its parcels held and that were sellable
 * when they left. Unsellable stock came as it was. The window counts from the first parcel's day, which is before the
 * delivery that Amazon counts from: no report tells when a parcel arrived.
 */
export const removalDamaged: ProductDetector = {
  subtype: 'removal_damaged',
  of: 'product',
  needs: ['removalOrders', 'removalShipments', 'reimbursements'],
  detect(key, context) {
    const damages = removalLines(key.facts).flatMap((line) => damageOf(line, context));
    const settled = setOff(
      damages.map(({ line, units, shippedAt }) => ({
        key: line.name,
        id: line.orderId,
        from: shippedAt.slice(0, 10),
        units,
      })),
      familyPayments(key.facts.reimbursements, {
        network: key.network,
        family: 'removal',
        damage: true,
      }),
    );
    return together(
      damages.map((damage) => {
        const open = settled.get(damage.line.name);
        return open && open.left > 0 ? claimOf(damage, open, { key, context }) : NOTHING;
      }),
    );
  },
};

interface Damage {
  readonly line: RemovalLine;
  readonly shippedAt: string;
  /** The first day on which it was said. */
  readonly assertedOn: string;
  readonly units: number;
}

/** An order that several products came with is spoken of by SKU. */
function damageOf(line: RemovalLine, { assertions }: Context): readonly Damage[] {
  const said = assertedOf(assertions, {
    subtype: 'removal_damaged',
    removalOrderId: line.orderId,
  }).filter(({ sku }) => sku === line.sku);
  const shippedAt = line.firstShippedAt;
  if (!line.sellable || shippedAt === null) return [];
  const units = Math.min(
    line.inParcels,
    said.reduce((sum, { quantity }) => sum + quantity, 0),
  );
  const assertedOn = said.map((one) => one.assertedOn).sort()[0];
  return assertedOn && units > 0 ? [{ line, shippedAt, assertedOn, units }] : [];
}

function claimOf(
  { line, shippedAt, assertedOn, units }: Damage,
  open: Settled,
  { key, context }: { readonly key: ProductKey; readonly context: Context },
): Detected {
  const marketplace = placeOf(line, key);
  if (!marketplace) return { ...NOTHING, withoutPolicy: 1 };
  const startDay = dayIn(marketplace.timeZone, new Date(shippedAt));
  const value = preOrderValue(
    {
      payments: key.facts.reimbursements,
      marketplace,
      sku: line.sku,
      units: open.left,
      lossDay: startDay,
      sellable: true,
    },
    context,
  );
  return judge(
    {
      marketplace,
      anchor: [line.orderId, line.fnsku],
      subject: { ...subjectOf(line, key.facts), removalOrderId: line.orderId },
      startDay,
      statedByAmazon: true,
      quantity: open.left,
      value,
      features: { exact_match: 1, settled_share: paidOf(open) / units },
      allocation: [
        {
          kind: 'asserted',
          day: assertedOn,
          quantity: units,
          reference: line.orderId,
          facility: null,
        },
        ...linesOf(open),
      ],
      sources: [...line.sources, ...open.uses.map(({ source }) => source)],
    },
    removalDamaged,
    context,
  );
}
