import { dayAtMarketplace, dayBegins } from '@recoup/domain';
import { addDays, type Clock } from '@recoup/kernel';

export interface FilingDay {
  /** The calendar day of the marketplace, which a case counts for. */
  readonly day: string;
  readonly next: Date;
  /** Seconds left of it. */
  readonly dayLeft: number;
}

/** The day that it is at a marketplace; null where its calendar is not known. */
export function filingDay(marketplaceId: string, clock: Clock): FilingDay | null {
  const now = clock.now();
  const day = dayAtMarketplace(marketplaceId, now);
  const next = day === null ? null : dayBegins(marketplaceId, addDays(day, 1));
  if (day === null || next === null) return null;
  return { day, next, dayLeft: (next.getTime() - now.getTime()) / 1000 };
}
