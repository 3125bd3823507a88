import type { OrderPlot } from './order-plot.js';

export type OrderSubtype =
  | 'refund_not_returned'
  | 'replacement_not_returned'
  | 'lost_outbound'
  | 'return_damaged_by_amazon'
  | 'return_lost_in_fc'
  | 'refund_overcharge'
  | 'reimbursement_undervalued'
  | 'return_wrong_item';

/** What a cause says that Amazon owes, or why it owes nothing though it looks as if. */
export type OrderOutcome = OrderLoss | { readonly why: string; readonly told?: WrongItem };

export interface OrderLoss {
  readonly subtype: OrderSubtype;
  readonly units: number;
  /** The instant from which its window counts. */
  readonly fromMs: number;
  readonly window: OrderWindow;
  /** What is owed for a unit; the price less fees unless said. */
  readonly cents?: number;
  /** What the seller has to tell before anything shows it. */
  readonly told?: WrongItem;
}

/** Units of which the seller says, some day, that something else came back. */
export interface WrongItem {
  readonly units: number;
  readonly ms: number;
}

/** First and last day on which it can be claimed, after the first one. */
export interface OrderWindow {
  readonly opens: number;
  readonly closes: number;
}

/** Something that happened to units after they were sold. */
export interface OrderCause {
  readonly name: string;
  /** How often it is planted beside the others. */
  readonly weight: number;
  /** The least units that the order has of its product; 1 unless said. */
  readonly units?: number;
  /** Who shipped it; Amazon unless said. */
  readonly by?: 'merchant';
  /** Only in the US. */
  readonly usOnly?: boolean;
  /** Days from its beginning on which it can be claimed, where that is not after 60 to 120. */
  readonly window?: OrderWindow;
  readonly plant: (plot: OrderPlot) => OrderOutcome;
}

/** Days after a refund or replacement on which it can be claimed in the US (G9N934L7Y4SFWPJ4). */
export const RETURN_WINDOW: OrderWindow = { opens: 60, closes: 120 };
