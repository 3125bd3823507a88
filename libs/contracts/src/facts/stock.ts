import { z } from 'zod';
import { daySchema } from '../money.js';
import { int, maybeInt, maybeText, text } from './words.js';

/** One movement of stock (GET_LEDGER_DETAIL_VIEW_DATA). It has no row id, and true twins occur. */
export const ledgerFactSchema = z.object({
  day: daySchema,
  fnsku: text.min(1),
  asin: text,
  sku: text,
  title: text,
  eventType: text.min(1),
  referenceId: text,
  /** Signed: negative takes stock away. */
  quantity: int,
  fulfillmentCenter: text,
  disposition: text,
  /** The reason code (`M`, `F`, `E`, …); empty where the event type has none. */
  reason: text,
  country: text,
  reconciledQuantity: maybeInt,
  /** Amazon's own statement of open units; null where the report did not give it. */
  unreconciledQuantity: maybeInt,
  occurredAt: maybeText,
});
export type LedgerFact = z.infer<typeof ledgerFactSchema>;

/** The balance of one FNSKU, disposition and place over one period (GET_LEDGER_SUMMARY_VIEW_DATA). */
export const ledgerSummaryFactSchema = z.object({
  /** The first day of the period. */
  day: daySchema,
  fnsku: text.min(1),
  asin: text,
  sku: text,
  title: text,
  disposition: text,
  /** A country or a fulfilment centre, by what the report was asked for. */
  location: text,
  startingBalance: maybeInt,
  inTransit: maybeInt,
  receipts: maybeInt,
  customerShipments: maybeInt,
  customerReturns: maybeInt,
  vendorReturns: maybeInt,
  /** In and out net. */
  transfers: maybeInt,
  found: maybeInt,
  lost: maybeInt,
  damaged: maybeInt,
  disposed: maybeInt,
  other: maybeInt,
  endingBalance: maybeInt,
  unknown: maybeInt,
});
export type LedgerSummaryFact = z.infer<typeof ledgerSummaryFactSchema>;

/** Stock of one SKU in one marketplace, as of the sync. */
export const inventoryFactSchema = z.object({
  marketplaceId: text,
  sku: text,
  fnsku: text,
  asin: text,
  condition: maybeText,
  productName: text,
  totalQuantity: int,
  fulfillable: maybeInt,
  inboundWorking: maybeInt,
  inboundShipped: maybeInt,
  inboundReceiving: maybeInt,
  reserved: maybeInt,
  researching: maybeInt,
  unfulfillable: maybeInt,
  updatedAt: maybeText,
});
export type InventoryFact = z.infer<typeof inventoryFactSchema>;
