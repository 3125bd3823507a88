import type { Network } from '@recoup/domain';
import { addDays } from '@recoup/kernel';
import type { ProductFacts } from '../facts.js';
import { familyPayments } from '../payments/family-payments.js';
import { setOff, type Settled, type Settling } from '../payments/set-off.js';
import { shipmentLines, type ShipmentLine } from './shipment-lines.js';

/** Units of a line that were sent and are not received, with what has made them good. */
export interface Shortage {
  readonly line: ShipmentLine;
  /** The first receipt of the shipment. Null where it has none: then nothing dates it. */
  readonly startDay: string | null;
  readonly units: number;
  readonly settled: Settled;
}

/** Days after the last receipt for which more may still be counted in a shipment that is being received. */
const STALE_DAYS = 21;

/** What has no day is claimed by nobody: it must not use up a payment that another shortage was paid with. */
const NEVER = '9999-12-31';

/**
 * What is short in shipments that Amazon has done with. Set off, each unit once: what was received too many of another
 * product in the same shipment; of the same product in another shipment that Amazon has done with, since until then it takes
 * its own miscounts back; and payments for units lost on the way in. No payment names a shipment as yet: they are used for
 * the oldest shortages.
 *
 * Adjustments (M, E …) are of stock that had been received: they belong to losses in warehouses and are not looked at.
 */
export function shortagesOf(
  facts: ProductFacts,
  { network, today }: { readonly network: Network; readonly today: string },
): readonly Shortage[] {
  const lines = shipmentLines(facts);
  const short = lines.filter((line) => isShort(line) && isDone(line, today));
  const payments = familyPayments(facts.reimbursements, {
    network,
    family: 'inbound',
    damage: false,
  });
  const settled = setOff(
    short.map((line) => ({
      key: line.shipmentId,
      id: line.shipmentId,
      from: line.ofShipment[0]?.data.day ?? NEVER,
      units: line.shipped - line.received,
    })),
    [
      ...short.flatMap(misshippedIn),
      ...lines.filter((line) => isDone(line, today)).flatMap(surplusOf),
      ...payments,
    ],
  );
  return short.map((line) => ({
    line,
    startDay: line.ofShipment[0]?.data.day ?? null,
    units: line.shipped - line.received,
    settled: settled.get(line.shipmentId) ?? { left: 0, uses: [] },
  }));
}

/** Cases that were counted as units are all there. */
function isShort({ shipped, received, inCase }: ShipmentLine): boolean {
  return shipped > received && !(inCase !== null && received > 0 && received * inCase === shipped);
}

function isDone({ status, ofShipment }: ShipmentLine, today: string): boolean {
  if (status === 'CLOSED') return true;
  const last = ofShipment.at(-1)?.data.day;
  return status === 'RECEIVING' && last !== undefined && addDays(last, STALE_DAYS) < today;
}

function misshippedIn(line: ShipmentLine): readonly Settling[] {
  const units = Math.min(line.misshipped, line.shipped - line.received);
  return units > 0 ? [counted(line, { units, names: line.shipmentId })] : [];
}

function surplusOf(line: ShipmentLine): readonly Settling[] {
  const units = line.received - line.shipped;
  return units > 0 ? [counted(line, { units, names: null })] : [];
}

function counted(line: ShipmentLine, part: Pick<Settling, 'units' | 'names'>): Settling {
  const { shipmentId, ofShipment } = line;
  return {
    ...part,
    kind: 'corrected',
    day: ofShipment.at(-1)?.data.day ?? '',
    reference: shipmentId,
    source: { kind: 'inboundItem', key: line.sources[0]?.key ?? shipmentId },
  };
}
