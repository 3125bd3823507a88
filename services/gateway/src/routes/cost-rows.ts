import type { GivenCost } from '@recoup/contracts';
import { toMinor } from '@recoup/kernel';
import { z } from 'zod';

/** A cost as a client writes it; a cost of null, or an empty one in CSV, removes the row. */
const rowSchema = z.object({
  sku: z.string().trim().min(1, 'is missing').max(200, 'is too long'),
  unit_cost: z
    .union([z.string().trim(), z.number(), z.null()], { error: 'is no number' })
    .transform((cost) => (cost === null || cost === '' ? null : String(cost)))
    .refine((cost) => cost === null || /^\d{1,9}(\.\d+)?$/.test(cost), 'is no amount such as 4.20')
    .refine((cost) => cost === null || Number(cost) > 0, 'must be above 0'),
  currency: z
    .string()
    .trim()
    .regex(/^[A-Z]{3}$/, 'is no ISO 4217 code such as USD'),
  effective_from: z.string().trim().pipe(z.iso.date('is no day such as 2026-01-31')),
});

/** What is wrong with a row: the first below a header is row 1. */
export interface BadRow {
  readonly row: number;
  readonly message: string;
}

export interface CheckedRows {
  readonly costs: readonly GivenCost[];
  readonly bad: readonly BadRow[];
}

/** Reads rows of costs, and says of every bad one what is wrong with it. */
export function costRows(rows: readonly unknown[]): CheckedRows {
  const costs: GivenCost[] = [];
  const bad: BadRow[] = [];
  const seen = new Map<string, number>();
  for (const [index, given] of rows.entries()) {
    const row = index + 1;
    const read = rowSchema.safeParse(given);
    if (!read.success) {
      bad.push({ row, message: read.error.issues.map(sentenceOf).join('; ') });
      continue;
    }
    const { sku, unit_cost: unitCost, currency, effective_from: effectiveFrom } = read.data;
    const key = JSON.stringify([sku, currency, effectiveFrom]);
    const before = seen.get(key);
    const wrong = before ? `is for the same SKU, currency and day as row ${before}` : null;
    const message = wrong ?? wrongPlaces(unitCost, currency);
    if (message) bad.push({ row, message });
    else costs.push({ sku, currency, effectiveFrom, unitCost });
    seen.set(key, before ?? row);
  }
  return { costs, bad };
}

function sentenceOf({ path, message }: z.core.$ZodIssue): string {
  const [field] = path;
  const missing = message.startsWith('Invalid input');
  return field === undefined ? 'is no row' : `${String(field)} ${missing ? 'is missing' : message}`;
}

/** Claims are worth whole cents: a cost that is none could not be added up. */
function wrongPlaces(amount: string | null, currency: string): string | null {
  if (amount === null) return null;
  try {
    toMinor({ amount, currency });
    return null;
  } catch {
    return `unit_cost has more decimals than ${currency} has`;
  }
}
