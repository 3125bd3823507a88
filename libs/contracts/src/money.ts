import { toMinor } from '@recoup/kernel';
import { z } from 'zod';

/** A decimal string in major units and its ISO 4217 code, as Amazon tells it: prices may have further places. */
export const moneySchema = z.object({
  amount: z.string().regex(/^-?\d+(\.\d+)?$/, 'a decimal number'),
  currency: z.string().regex(/^[A-Z]{3}$/, 'an ISO 4217 code'),
});

/**
 * An amount that is reckoned with: no more places than its currency has, since further ones cannot be paid, and who adds
 * such amounts up would fail on them.
 */
export const payableSchema = moneySchema.refine(isPayable, {
  error: 'has more decimal places than its currency',
  path: ['amount'],
});

function isPayable(money: z.infer<typeof moneySchema>): boolean {
  try {
    toMinor(money);
    return true;
  } catch {
    return false;
  }
}

/** A calendar day, `YYYY-MM-DD`. */
export const daySchema = z.iso.date();

/** An instant in UTC. */
export const instantSchema = z.iso.datetime();
