import { z } from 'zod';
import { KNOWN_MARKETPLACE_IDS } from '../world/marketplaces.js';
import type { Seller } from '../world/sellers.js';
import { invalidInput, unauthorized } from './sp-api-error.js';

/** A list in a query: comma separated, as Amazon's models declare, or the parameter repeated. */
export function list<T extends string>(
  item: z.ZodType<T, string>,
  most: number,
): z.ZodType<T[], string | string[]> {
  return z
    .union([z.string(), z.array(z.string())])
    .transform((given) => [given].flat().flatMap((part) => part.split(',')))
    .pipe(z.array(item).min(1).max(most));
}

const INSTANT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** An ISO 8601 instant as milliseconds; without an offset it is UTC. */
export const instant = z.string().transform((text, context) => {
  const zoned = /T.*(Z|[+-]\d{2}:?\d{2})$/.test(text) || !text.includes('T') ? text : `${text}Z`;
  const ms = INSTANT.test(text) ? Date.parse(zoned) : Number.NaN;
  if (Number.isNaN(ms)) context.addIssue({ code: 'custom', message: 'not an ISO 8601 date-time' });
  return ms;
});

export const flag = z.enum(['true', 'false']).transform((text) => text === 'true');

export function wholeNumber(low: number, high: number): z.ZodCoercedNumber {
  return z.coerce.number().int().min(low).max(high);
}

/** Parses what a client sent, or refuses it naming the parameter. */
export function parse<T>(schema: z.ZodType<T>, given: unknown): T {
  const read = schema.safeParse(given);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const where = issue?.path.join('.') ?? '';
  throw invalidInput(`Invalid parameter ${where}: ${issue?.message ?? 'invalid'}`.trim(), where);
}

/** Refuses a marketplace that does not exist (400), or that this seller does not sell in (403). */
export function checkMarketplaces(ids: readonly string[], seller: Seller): void {
  for (const id of ids) {
    if (!KNOWN_MARKETPLACE_IDS.has(id)) throw invalidInput(`Invalid marketplace id: ${id}`, id);
    if (!seller.marketplaces.some((marketplace) => marketplace.id === id)) {
      throw unauthorized(`The application is not authorized for marketplace ${id}.`);
    }
  }
}

const TWO_MINUTES = 120_000;

/** The end of a window that Amazon still fills: at least two minutes ago, which is also the default. */
export function closedBy(name: string, given: number | undefined, nowMs: number): number {
  const latest = nowMs - TWO_MINUTES;
  if (given !== undefined && given > latest) {
    throw invalidInput(
      `${name} must be at least two minutes before the time of the request.`,
      name,
    );
  }
  return given ?? latest;
}
