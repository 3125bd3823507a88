import { z } from 'zod';
import { daySchema } from './money.js';

/** What a document is, by its own heading or by a person's word; `unreadable`: no text could be found in it. */
export const documentKindSchema = z.enum([
  'invoice',
  'pro_forma',
  'commercial_invoice',
  'order_confirmation',
  'delivery_note',
  'packing_slip',
  'bill_of_lading',
  'proof_of_delivery',
  'photo',
  'other',
  'unreadable',
]);
export type DocumentKind = z.infer<typeof documentKindSchema>;

/** The types of files that are kept: documents nobody edits. */
export const mediaTypeSchema = z.enum(['application/pdf', 'image/jpeg', 'image/png']);
export type MediaType = z.infer<typeof mediaTypeSchema>;

/** Who issued a document or received it. `address` null: not stated, or not found. */
export const partySchema = z.object({ name: z.string().min(1), address: z.string().nullable() });
export type Party = z.infer<typeof partySchema>;

/** One line of goods. Null is what the document does not say; prices may be redacted. */
export const documentLineSchema = z.object({
  sku: z.string().min(1).nullable(),
  fnsku: z.string().min(1).nullable(),
  asin: z.string().min(1).nullable(),
  description: z.string().min(1).nullable(),
  quantity: z.int().positive().nullable(),
  /** Of one unit, in the currency of the document. */
  unitCost: z
    .string()
    .regex(/^\d+(\.\d+)?$/, 'a decimal number')
    .nullable(),
});
export type DocumentLine = z.infer<typeof documentLineSchema>;

/** What stands on an invoice or its like. */
export const documentFieldsSchema = z.object({
  number: z.string().min(1).nullable(),
  issuedOn: daySchema.nullable(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'an ISO 4217 code')
    .nullable(),
  supplier: partySchema.nullable(),
  buyer: partySchema.nullable(),
  lines: z.array(documentLineSchema),
});
export type DocumentFields = z.infer<typeof documentFieldsSchema>;

/** Where in a document something was found. Pages and lines count from 1. */
export const foundAtSchema = z.object({
  page: z.int().positive(),
  line: z.int().positive(),
  text: z.string(),
});
export type FoundAt = z.infer<typeof foundAtSchema>;

/** What proves a delivery, as a person read it off the document; null is what it does not show. */
export const deliverySchema = z.object({
  /** By whom it was carried: what has to be shown depends on it. */
  mode: z.enum(['parcel', 'freight', 'amazon_freight', 'awd']),
  shipmentId: z.string().min(1).nullable(),
  /** Tracking or PRO number. */
  reference: z.string().min(1).nullable(),
  deliveredOn: daySchema.nullable(),
  boxes: z.int().positive().nullable(),
  weight: z.string().min(1).nullable(),
  appointmentId: z.string().min(1).nullable(),
  carrierSigned: z.boolean(),
  receiverSigned: z.boolean(),
  /** Amazon Freight's "Delivered Confirmed By". */
  confirmedBy: z.string().min(1).nullable(),
});
export type Delivery = z.infer<typeof deliverySchema>;

/** Who signed a packing slip; null: nobody. A reseller's own is no evidence, signed or not. */
export const slipSignerSchema = z.enum(['brand_owner', 'manufacturer', 'reseller']).nullable();
