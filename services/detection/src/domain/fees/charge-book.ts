import type { OrderFacts, ProductFacts } from '../facts.js';
import type { FeePeriod } from '../policies/fee-periods.js';
import { commissions } from './commissions.js';
import { feeStatements, type FeeStatement } from './fee-statement.js';
import { FulfilmentCharges } from './fulfilment-charges.js';
import { PeerFees } from './peer-fees.js';
import { ReferralCharges } from './referral-charges.js';
import { unitFees } from './unit-fees.js';

/** What the sales of one SKU in one marketplace were charged, and what Amazon states to be right. */
export interface SkuCharges {
  readonly sku: string;
  readonly statement: FeeStatement;
  readonly fulfilment: FulfilmentCharges;
  readonly referral: ReferralCharges;
  /** What other products of the same stated fee were charged in a period; null where they do not agree. */
  readonly peerFee: (period: FeePeriod) => bigint | null;
}

/**
 * Adds up by SKU what orders were charged, so that memory follows the catalogue and not the orders. Products are learned
 * before orders are added: a SKU of which Amazon states nothing is not kept.
 *
 * What it takes, for each SKU: its statement with 12 months of sizes (about 1 KB), how often each fee was taken in each of
 * 12 to 15 months (about 2 KB), and about 300 bytes for each day on which a fee was above what Amazon states today. That
 * are few, but for the three months of the last peak season (seen in spring, every day of it): at most some 30 KB for a
 * SKU that sells every day, 30 MB for a thousand such.
 */
export interface ChargeBook {
  /** What is known of a product's fees besides its sales. */
  learn(product: ProductFacts): void;
  add(order: OrderFacts): void;
  all(): Iterable<SkuCharges>;
}

type Entry = Omit<SkuCharges, 'peerFee'>;

export function openChargeBook(): ChargeBook {
  /** Null for a SKU of which Amazon states two things: then nothing can be compared. */
  const entries = new Map<string, Entry | null>();
  const entryOf = (marketplaceId: string, sku: string) => entries.get(idOf(marketplaceId, sku));
  return {
    learn(product) {
      for (const statement of feeStatements(product)) {
        const id = idOf(statement.marketplace.id, statement.sku);
        entries.set(id, entries.has(id) ? null : newEntry(statement));
      }
    },
    add(order) {
      for (const fee of unitFees(order)) {
        entryOf(fee.sale.marketplace.id, fee.sku)?.fulfilment.add(fee);
      }
      for (const commission of commissions(order)) {
        entryOf(commission.sale.marketplace.id, commission.sku)?.referral.add(commission);
      }
    },
    *all() {
      const peers = new PeerFees();
      const known = [...entries.values()].filter((entry) => entry !== null);
      for (const { statement, fulfilment } of known) peers.add(statement, fulfilment);
      for (const entry of known) {
        yield { ...entry, peerFee: (period) => peers.feeFor(entry.statement, period) };
      }
    },
  };
}

function newEntry(statement: FeeStatement): Entry {
  return {
    sku: statement.sku,
    statement,
    fulfilment: new FulfilmentCharges(statement),
    referral: new ReferralCharges(statement),
  };
}

function idOf(marketplaceId: string, sku: string): string {
  return `${marketplaceId} ${sku}`;
}
