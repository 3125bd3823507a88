import { z } from 'zod';

const text = z.string().nullish();

/** Who ordered, by allow-list: the members of Amazon's `Buyer` (Orders 2026-01-01) that are kept. */
export const buyerSchema = z.object({
  buyerName: text,
  buyerEmail: text,
  buyerCompanyName: text,
  buyerPurchaseOrderNumber: text,
});

/** Where the order goes, by allow-list: the members of Amazon's `CustomerAddress` (Orders 2026-01-01) that are kept. */
export const addressSchema = z.object({
  name: text,
  companyName: text,
  addressLine1: text,
  addressLine2: text,
  addressLine3: text,
  city: text,
  districtOrCounty: text,
  stateOrRegion: text,
  municipality: text,
  postalCode: text,
  countryCode: text,
  phone: text,
  addressType: text,
});

/** What is sealed for an order. */
export const buyerInfoSchema = z.object({
  buyer: buyerSchema.nullable(),
  deliveryAddress: addressSchema.nullable(),
});
export type BuyerInfo = z.infer<typeof buyerInfoSchema>;

/** The buyer of an order, on the way to the store. Never logged, and in no event or fact. */
export interface OrderBuyer {
  readonly orderId: string;
  readonly info: BuyerInfo;
  /** From then on nobody may know it any more. */
  readonly keptUntil: Date;
}
