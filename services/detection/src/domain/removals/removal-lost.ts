import { marketplaceOfCountry, marketplacesOf, type MarketplaceRow } from '@recoup/domain';
import type { AllocationLine } from '@recoup/contracts';
import { dayIn } from '@recoup/kernel';
import type { Context } from '../context.js';
import { NOTHING, together, type Detected, type ProductDetector } from '../detector.js';
import { subjectOf } from '../inbound/inbound-subject.js';
import { judge } from '../judge.js';
import { familyPayments } from '../payments/family-payments.js';
import { linesOf, paidOf, setOff, type Settled } from '../payments/set-off.js';
import type { ProductKey } from '../product-key.js';
import { preOrderValue } from '../value/pre-order-value.js';
import { removalLines, type RemovalLine } from './removal-lines.js';

/**
 * Units that left stock for a removal order which Amazon has completed, and that it neither cancelled, nor disposed of, nor
 * shipped, nor has in process. Whether a parcel arrived no report of Amazon's tells: what was shipped is not claimed here.
 */
export const removalLost: ProductDetector = {
  subtype: 'removal_lost',
  of: 'product',
  needs: ['removalOrders', 'removalShipments', 'ledger', 'reimbursements'],
  detect(key, context) {
    const lost = removalLines(key.facts).flatMap((line) => lostOf(line, key));
    const settled = setOff(
      lost.map(({ line, startDay, units }) => ({
        key: line.name,
        id: line.orderId,
        from: startDay ?? NEVER,
        units,
      })),
      familyPayments(key.facts.reimbursements, {
        network: key.network,
        family: 'removal',
        damage: false,
      }),
    );
    return together(
      lost.map((one) => {
        const open = settled.get(one.line.name);
        return open && open.left > 0 ? claimOf(one, open, { key, context }) : NOTHING;
      }),
    );
  },
};

interface Lost {
  readonly line: RemovalLine;
  readonly marketplace: MarketplaceRow;
  /** The day its first parcel left; without one, the day Amazon had done with it. */
  readonly startDay: string | null;
  readonly units: number;
}

const NEVER = '9999-12-31';

function lostOf(line: RemovalLine, key: ProductKey): readonly Lost[] {
  const units = unaccountedFor(line);
  const marketplace = placeOf(line, key);
  if (units <= 0 || !marketplace) return [];
  const since = line.firstShippedAt ?? line.updatedAt;
  const startDay = since === null ? null : dayIn(marketplace.timeZone, new Date(since));
  return [{ line, marketplace, startDay, units }];
}

/** No more than left stock under its number, where the ledger tells: what never left is still the seller's. */
function unaccountedFor(line: RemovalLine): number {
  const { completed, requested, cancelled, disposed, shipped, inProcess, leftStock } = line;
  if (!completed || cancelled === null || disposed === null) return 0;
  if (shipped === null || inProcess === null) return 0;
  const gone = requested - cancelled - disposed - shipped - inProcess;
  return leftStock === null ? gone : Math.min(gone, leftStock - disposed - shipped);
}

/** Where its units were; a network of several stores has one for its currency. */
export function placeOf(
  { country, currency }: Pick<RemovalLine, 'country' | 'currency'>,
  { network }: ProductKey,
): MarketplaceRow | null {
  const stores = marketplacesOf(network);
  const named = country === null ? null : marketplaceOfCountry(country);
  return named ?? stores.find((store) => store.currency === currency) ?? stores[0] ?? null;
}

function claimOf(
  { line, marketplace, startDay, units }: Lost,
  open: Settled,
  { key, context }: { readonly key: ProductKey; readonly context: Context },
): Detected {
  if (startDay === null) return { ...NOTHING, withoutPolicy: 1 };
  const value = preOrderValue(
    {
      payments: key.facts.reimbursements,
      marketplace,
      sku: line.sku,
      units: open.left,
      lossDay: startDay,
      sellable: line.sellable,
    },
    context,
  );
  return judge(
    {
      marketplace,
      anchor: [line.orderId, line.fnsku, line.sellable ? 'sellable' : 'unsellable'],
      subject: { ...subjectOf(line, key.facts), removalOrderId: line.orderId },
      startDay,
      statedByAmazon: false,
      quantity: open.left,
      value,
      features: {
        exact_match: line.leftStock === null ? 0 : 1,
        pair_complete: line.inParcels === line.shipped ? 1 : 0,
        settled_share: paidOf(open) / units,
        noise: open.uses.some(({ named }) => !named) ? 1 : 0,
        unsellable: line.sellable ? 0 : 1,
      },
      allocation: [...linesIn(line, { startDay, units }), ...linesOf(open)],
      sources: [...line.sources, ...open.uses.map(({ source }) => source)],
    },
    removalLost,
    context,
  );
}

/** What was asked for and what became of it, so that the lines add up to the units that are unaccounted for. */
function linesIn(
  line: RemovalLine,
  { startDay, units }: { readonly startDay: string; readonly units: number },
): AllocationLine[] {
  const accounted = line.requested - units - (line.shipped ?? 0) - (line.disposed ?? 0);
  const parts: readonly (readonly [AllocationLine['kind'], number])[] = [
    ['requested', line.requested],
    ['shipped', line.shipped ?? 0],
    ['disposed', line.disposed ?? 0],
    ['cancelled', accounted],
  ];
  return parts
    .filter(([, quantity]) => quantity > 0)
    .map(([kind, quantity]) => ({
      kind,
      quantity,
      day: startDay,
      reference: line.orderId,
      facility: null,
    }));
}
