import type { AllocationLine } from '@recoup/contracts';
import { marketplaceOfCountry, marketplacesOf, type MarketplaceRow } from '@recoup/domain';
import { dayIn } from '@recoup/kernel';
import type { Context } from '../context.js';
import { NOTHING, together, type Detected, type ProductDetector } from '../detector.js';
import { subjectOf } from '../inbound/inbound-subject.js';
import { judge } from '../judge.js';
import { familyPayments } from '../payments/family-payments.js';
import { linesOf, paidOf, setOff, type Settled } from '../payments/set-off.js';
import type { ProductKey } from '../product-key.js';
import type { Features } from '../score/features.js';
import { preOrderValue } from '../value/pre-order-value.js';
import { removalLines, type RemovalLine } from './removal-lines.js';

/** What is wrong with one removal order, before it is known what Amazon has paid for it. */
export interface RemovalLoss {
  readonly units: number;
  /** The instant from whose day its window counts; null where nothing tells one, and nothing can be said. */
  readonly since: string | null;
  readonly statedByAmazon: boolean;
  /** What speaks for it, beside what was paid. */
  features(open: Settled): Features;
  /** What its units follow from, dated by the day on which it begins. */
  lines(startDay: string): readonly AllocationLine[];
}

/** A kind of claim for removal orders: what is told from the others by, and paid by. */
export interface RemovalKind extends Pick<ProductDetector, 'subtype' | 'needs'> {
  /** Whether payments for units damaged, or those for units lost, are for it. */
  readonly damage: boolean;
  /** Null where nothing is wrong with the order. */
  lossOf(line: RemovalLine, context: Context): RemovalLoss | null;
}

/** Finds, in every removal order of a product, what it lost of that kind less what Amazon has paid for it. */
export function removalDetector(kind: RemovalKind): ProductDetector {
  const { subtype, needs, damage } = kind;
  const detector: ProductDetector = {
    ...{ subtype, needs, of: 'product' },
    detect(key, context) {
      const lost = removalLines(key.facts).flatMap((line) => {
        const loss = kind.lossOf(line, context);
        return loss ? [placed(loss, line, key)] : [];
      });
      const { network, facts } = key;
      const settled = setOff(
        lost.map(({ line, loss, startDay }) => ({
          ...{ key: line.name, id: line.orderId, units: loss.units },
          from: startDay ?? NEVER,
        })),
        familyPayments(facts.reimbursements, { network, family: 'removal', damage }),
      );
      return together(
        lost.map((one) => {
          const open = settled.get(one.line.name);
          return open && open.left > 0 ? claimOf(one, open, { key, context, detector }) : NOTHING;
        }),
      );
    },
  };
  return detector;
}

const NEVER = '9999-12-31';

interface Lost {
  readonly line: RemovalLine;
  readonly loss: RemovalLoss;
  readonly marketplace: MarketplaceRow | null;
  readonly startDay: string | null;
}

function placed(loss: RemovalLoss, line: RemovalLine, key: ProductKey): Lost {
  const marketplace = placeOf(line, key);
  const { since } = loss;
  const dated = marketplace !== null && since !== null;
  const startDay = dated ? dayIn(marketplace.timeZone, new Date(since)) : null;
  return { line, loss, marketplace, startDay };
}

/** Where its units were; a network of several stores has one for its currency. */
function placeOf({ country, currency }: RemovalLine, { network }: ProductKey) {
  const stores = marketplacesOf(network);
  const named = country === null ? null : marketplaceOfCountry(country);
  return named ?? stores.find((store) => store.currency === currency) ?? stores[0] ?? null;
}

interface Look {
  readonly key: ProductKey;
  readonly context: Context;
  readonly detector: ProductDetector;
}

function claimOf(
  { line, loss, marketplace, startDay }: Lost,
  open: Settled,
  { key, context, detector }: Look,
): Detected {
  if (marketplace === null || startDay === null) return { ...NOTHING, withoutPolicy: 1 };
  const { sku, sellable } = line;
  const worth = { marketplace, sku, sellable, units: open.left, lossDay: startDay };
  return judge(
    {
      marketplace,
      anchor: [line.orderId, line.fnsku, sellable ? 'sellable' : 'unsellable'],
      subject: { ...subjectOf(line, key.facts), removalOrderId: line.orderId },
      startDay,
      statedByAmazon: loss.statedByAmazon,
      quantity: open.left,
      value: preOrderValue({ ...worth, payments: key.facts.reimbursements }, context),
      features: { ...loss.features(open), settled_share: paidOf(open) / loss.units },
      allocation: [...loss.lines(startDay), ...linesOf(open)],
      sources: [...line.sources, ...open.uses.map(({ source }) => source)],
    },
    detector,
    context,
  );
}
