import { payableSchema, settledSchema, type Prompt, type PromptAnswer } from '@recoup/contracts';
import { z } from 'zod';

/** What an answer should have been. */
export interface Misread {
  readonly expected: string;
}

/** Numbers come as JSON numbers or as text: `4.2`, `"4.20"`. */
const positive = z
  .union([z.string().trim(), z.number()])
  .transform(String)
  .refine((text) => /^\d{1,9}(\.\d{1,6})?$/.test(text) && Number(text) > 0);

const word = z.string().trim().toLowerCase();
const yesOrNo = z.union([
  z.boolean(),
  word.pipe(z.enum(['yes', 'no'])).transform((said) => said === 'yes'),
]);
const none = word.pipe(z.literal('none')).transform(() => null);

/** Carriers' numbers: letters, digits, and what people copy between them. */
const trackingNumber = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9][A-Za-z0-9 -]{4,39}$/)
  .transform((text) => text.replaceAll(/[ -]/g, '').toUpperCase());

const size = z.object({
  longest: positive,
  median: positive,
  shortest: positive,
  lengthUnit: word.pipe(z.enum(['cm', 'in'])),
  weight: positive,
  weightUnit: word.pipe(z.enum(['g', 'kg', 'oz', 'lb'])),
});

type Reader = (prompt: Prompt) => {
  readonly schema: z.ZodType<PromptAnswer>;
  readonly expected: string;
};

const READERS: Readonly<Record<Prompt['kind'], Reader>> = {
  confirm_not_found: () => ({
    schema: z
      .union([
        z.literal(true).transform(() => null),
        word.pipe(z.literal('yes')).transform(() => null),
        word.pipe(settledSchema),
      ])
      .transform((settled) => ({ kind: 'confirm_not_found', settled })),
    expected: 'answer "yes", or what became of the units: "found", "replaced" or "paid"',
  }),
  partnered_carrier: () => ({
    schema: yesOrNo.transform((partnered) => ({ kind: 'partnered_carrier', partnered })),
    expected: 'answer "yes" or "no"',
  }),
  unit_cost: ({ currency }) => ({
    schema: positive
      .transform((amount) => ({ amount, currency: currency ?? '' }))
      .pipe(payableSchema)
      .transform((unitCost) => ({ kind: 'unit_cost', unitCost })),
    expected: `give an amount above 0 in ${currency ?? 'the currency of the claim'}, such as "4.20", with no more decimals than it has`,
  }),
  tracking_number: () => ({
    schema: z
      .union([none, trackingNumber])
      .transform((number) => ({ kind: 'tracking_number', trackingNumber: number })),
    expected: 'give the number as the carrier prints it (5 to 40 letters and digits), or "none"',
  }),
  measured_size: () => ({
    schema: z
      .union([none, size])
      .transform((measured) => ({ kind: 'measured_size', size: measured })),
    expected:
      'give {"longest", "median", "shortest", "lengthUnit": "cm" or "in", "weight", "weightUnit": "g", "kg", "oz" or "lb"}, each number above 0, or "none"',
  }),
  document: ({ documentType }) => ({
    schema: none.transform(() => ({
      kind: 'document',
      documentType: documentType ?? '',
      given: 'none',
    })),
    expected: 'upload the document, or answer "none" if you have none',
  }),
};

/** What would be read as the answer to a question: its schema, and what it is in words. */
export function answerForm(prompt: Prompt): {
  readonly schema: z.ZodType;
  readonly expected: string;
} {
  return READERS[prompt.kind](prompt);
}

/** A client's answer as the answer to a question, or what it should have been. */
export function readAnswer(prompt: Prompt, given: unknown): PromptAnswer | Misread {
  const { schema, expected } = READERS[prompt.kind](prompt);
  const read = schema.safeParse(given);
  return read.success ? read.data : { expected };
}
