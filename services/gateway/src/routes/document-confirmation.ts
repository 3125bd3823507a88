import { documentKindSchema, slipSignerSchema } from '@recoup/contracts';
import { z } from 'zod';

/** More lines than that are another file. */
const MOST_LINES = 1000;
const MOST_UNITS = 10_000_000;

/** A line of text that a person typed; empty is unknown. */
const words = (longest: number) =>
  z
    .string()
    .trim()
    .max(longest)
    .refine((text) => !/\p{Cc}|\p{Cs}/u.test(text), 'has unreadable characters')
    .nullish()
    .transform((text) => text || null);

const day = z.iso.date().nullish().default(null);

const party = z
  .object({ name: words(200), address: words(500) })
  .nullish()
  .transform((given) => (given?.name ? { name: given.name, address: given.address } : null));

/** A price as a person types it: a number, or a decimal text that keeps its digits. */
const price = z
  .union([z.number().nonnegative().max(1e9).transform(String), z.string().trim()])
  .refine((text) => /^\d{1,12}(\.\d{1,6})?$/.test(text), 'is no price')
  .nullish()
  .default(null);

const line = z.object({
  sku: words(100),
  fnsku: words(40),
  asin: words(40),
  description: words(300),
  quantity: z.int().positive().max(MOST_UNITS).nullish().default(null),
  unitCost: price,
});

const delivery = z
  .object({
    mode: z.enum(['parcel', 'freight', 'amazon_freight', 'awd']),
    shipmentId: words(60),
    reference: words(100),
    deliveredOn: day,
    boxes: z.int().positive().max(MOST_UNITS).nullish().default(null),
    weight: words(60),
    appointmentId: words(60),
    carrierSigned: z.boolean().default(false),
    receiverSigned: z.boolean().default(false),
    confirmedBy: words(100),
  })
  .nullish()
  .default(null);

const empty = { number: null, issuedOn: null, currency: null, supplier: null, buyer: null };

/** What a person says a document is and holds; what is left out is not on it. */
export const confirmationSchema = z.object({
  kind: documentKindSchema.exclude(['unreadable']),
  fields: z
    .object({
      number: words(60),
      issuedOn: day,
      currency: z
        .string()
        .regex(/^[A-Z]{3}$/, 'is no ISO 4217 code')
        .nullish()
        .default(null),
      supplier: party,
      buyer: party,
      lines: z.array(line).max(MOST_LINES).default([]),
    })
    .default({ ...empty, lines: [] }),
  delivery,
  signedBy: slipSignerSchema.default(null),
  /** Take the costs of its lines over as the costs of the products, from its day on. */
  useCosts: z.boolean().default(false),
});
