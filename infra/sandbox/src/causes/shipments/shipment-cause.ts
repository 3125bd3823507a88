import type { ShipmentPlot } from './shipment-plot.js';

export type ShipmentSubtype =
  | 'inbound_shortage'
  | 'inbound_damaged'
  | 'inbound_defect_fee'
  | 'unused_label_fee'
  | 'removal_lost'
  | 'removal_damaged'
  | 'disposed_unauthorised';

/** What a cause says that Amazon owes. */
export interface ShipmentClaim {
  readonly subtype: ShipmentSubtype;
  readonly units: number;
  /** The day with which it begins. */
  readonly day: number;
  /** The instant from which it can be claimed, and the last day on which it can. */
  readonly opensMs: number;
  readonly closes: number;
  /** What one of its units is worth in cents; what Amazon has paid for the product, if it has, unless said. */
  readonly cents?: number;
  readonly shipmentId?: string;
  readonly removalOrderId?: string;
  readonly referenceId: string;
}

export interface ShipmentOutcome {
  readonly claim?: ShipmentClaim;
  readonly lookAlike?: { readonly referenceId: string; readonly why: string };
  /** Units of its removal order of which the seller says on a day that they came damaged. */
  readonly told?: { readonly units: number; readonly day: number };
}

/** Something that happened to a shipment to Amazon, or to units that were to leave it. */
export interface ShipmentCause {
  readonly name: string;
  readonly plant: (plot: ShipmentPlot) => ShipmentOutcome;
}
