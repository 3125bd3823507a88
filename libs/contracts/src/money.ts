import { z } from 'zod';

/** A decimal string in major units and its ISO 4217 code, as everywhere inside the system. */
export const moneySchema = z.object({
  amount: z.string().regex(/^-?\d+(\.\d+)?$/, 'a decimal number'),
  currency: z.string().regex(/^[A-Z]{3}$/, 'an ISO 4217 code'),
});

/** A calendar day, `YYYY-MM-DD`. */
export const daySchema = z.iso.date();

/** An instant in UTC. */
export const instantSchema = z.iso.datetime();
