import type { Money } from '@recoup/kernel';
import { compareText, distinct, type Keyed, type ProductFacts } from '../facts.js';
import type { TransactionFact } from '@recoup/contracts';

/** Money that moved for a shipment to Amazon: below zero it was charged, above it was given back. */
export interface ShipmentCharge {
  readonly shipmentId: string;
  /** As Finances words it: `FBAInboundTransportationFee` … */
  readonly type: string;
  readonly money: Money;
  readonly transaction: Keyed<TransactionFact>;
}

/**
 * The shipment that a transaction names; null where it names none. Only the newer generation of Finances does: of a charge
 * that was read by the older one nothing can be said.
 */
export function shipmentNamedBy({ identifiers }: TransactionFact): string | null {
  return identifiers?.find(({ name }) => name === 'SHIPMENT_ID')?.value ?? null;
}

/** Money that was paid (nothing that is held) for shipments, by shipment and day. */
export function shipmentCharges({
  transactions,
}: Pick<ProductFacts, 'transactions'>): readonly ShipmentCharge[] {
  return distinct(transactions)
    .flatMap((transaction) => {
      const shipmentId = shipmentNamedBy(transaction.data);
      if (shipmentId === null || transaction.data.held) return [];
      return transaction.data.amounts.map(({ type, amount, currency }) => ({
        shipmentId,
        type,
        money: { amount, currency },
        transaction,
      }));
    })
    .sort(
      (a, b) =>
        compareText(a.shipmentId, b.shipmentId) ||
        compareText(a.transaction.data.postedDay, b.transaction.data.postedDay),
    );
}

/** Labels and freight of Amazon's partnered carriers; what else a shipment is charged is for placing and for defects. */
export function isTransport(type: string): boolean {
  return type.startsWith('FBAInboundTransportation');
}

/** A fee of what Amazon does with shipments on their way in. */
export function isInboundFee(type: string): boolean {
  return type.startsWith('FBAInbound');
}
