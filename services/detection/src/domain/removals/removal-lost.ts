import type { AllocationLine } from '@recoup/contracts';
import { removalDetector } from './removal-claim.js';
import type { RemovalLine } from './removal-lines.js';

/**
 * Units that left stock for a removal order which Amazon has completed, and that it neither cancelled, nor disposed of, nor
 * shipped, nor has in process. Whether a parcel arrived no report of Amazon's tells: what was shipped is not claimed here.
 * It begins on the day on which its first parcel left; without one, when Amazon had done with it.
 */
export const removalLost = removalDetector({
  subtype: 'removal_lost',
  needs: ['removalOrders', 'removalShipments', 'ledger', 'reimbursements'],
  damage: false,
  lossOf(line) {
    const units = unaccountedFor(line);
    if (units <= 0) return null;
    return {
      units,
      since: line.firstShippedAt ?? line.updatedAt,
      statedByAmazon: false,
      features: (open) => ({
        exact_match: line.leftStock === null ? 0 : 1,
        pair_complete: line.inParcels === line.shipped ? 1 : 0,
        noise: open.uses.some(({ named }) => !named) ? 1 : 0,
        unsellable: line.sellable ? 0 : 1,
      }),
      lines: (startDay) => linesIn(line, { startDay, units }),
    };
  },
});

/** No more than left stock under its number, where the ledger tells: what never left is still the seller's. */
function unaccountedFor(line: RemovalLine): number {
  const { completed, requested, cancelled, disposed, shipped, inProcess, leftStock } = line;
  if (!completed || cancelled === null || disposed === null) return 0;
  if (shipped === null || inProcess === null) return 0;
  const gone = requested - cancelled - disposed - shipped - inProcess;
  return leftStock === null ? gone : Math.min(gone, leftStock - disposed - shipped);
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
