import { daySchema } from '@recoup/contracts';
import { z } from 'zod';

/**
 * What a person says of units that no report of Amazon tells: another item came back for an order, or a removal came
 * damaged. A claim is made of it, which never goes out by itself.
 */
export const lossAssertionSchema = z.object({
  subtype: z.enum(['return_wrong_item', 'removal_damaged']),
  /** The order whose unit came back as something else; absent of removals. */
  orderId: z.string().min(1).optional(),
  /** The removal order that the units came with, where they came with one. */
  removalOrderId: z.string().min(1).optional(),
  sku: z.string().min(1),
  quantity: z.int().positive(),
  /** The day on which it was said, in the seller's calendar. */
  assertedOn: daySchema,
  note: z.string().optional(),
});
export type LossAssertion = z.infer<typeof lossAssertionSchema>;

/** What was said about one order; each thing that was said once, in a fixed order. */
export function assertedOf(
  assertions: readonly LossAssertion[],
  about: Pick<LossAssertion, 'subtype' | 'orderId' | 'removalOrderId'>,
): readonly LossAssertion[] {
  const { subtype, orderId, removalOrderId } = about;
  return assertions.filter(
    (one) =>
      one.subtype === subtype &&
      (orderId === undefined || one.orderId === orderId) &&
      (removalOrderId === undefined || one.removalOrderId === removalOrderId),
  );
}
