import type { ClaimTotal, PaymentTotal } from '../adapters/figure-reads.js';
import type { Gateway } from '../gateway.js';
import { ownCurrency } from './own-currency.js';

const DAY_MS = 86_400_000;

/** Decisions this recent make the recent success rate. */
const RECENT_DAYS = 30;

export interface FigureQuery {
  readonly tenantId: string;
  readonly now: Date;
  /** Payments of so many days, the present one included, in UTC; null for all of them. */
  readonly days: number | null;
}

/** What the figures of a seller are made of, and the currency they are shown in. */
export interface FigureSources {
  readonly totals: readonly ClaimTotal[];
  readonly payments: readonly PaymentTotal[];
  /** That of the marketplace connected first; US dollars before any connection. */
  readonly currency: string;
}

export async function readFigures(
  { reads }: Pick<Gateway, 'reads'>,
  { tenantId, now, days }: FigureQuery,
): Promise<FigureSources> {
  const decidedSince = new Date(now.getTime() - RECENT_DAYS * DAY_MS).toISOString();
  const [totals, payments, currency] = await Promise.all([
    reads.claimTotals(tenantId, decidedSince),
    reads.paymentTotals(tenantId, days === null ? null : firstDay(now, days)),
    ownCurrency({ reads }, tenantId),
  ]);
  return { totals, payments, currency };
}

/** Reports name calendar days: a window is so many of them, and the present one is the last. In UTC. */
export function firstDay(now: Date, days: number): string {
  return new Date(now.getTime() - (days - 1) * DAY_MS).toISOString().slice(0, 10);
}
