import { z } from 'zod';

/** Where the next page begins: a day and a place in its list. */
export const placeSchema = z.object({ day: z.int(), at: z.int() });
export type Place = z.infer<typeof placeSchema>;

export interface DayPages<T> {
  /** The list of a day, in a fixed order. */
  readonly read: (day: number) => readonly T[];
  readonly keep: (item: T) => boolean;
  /** First and last day to read, both included. */
  readonly from: number;
  readonly to: number;
  readonly start: Place | undefined;
  readonly limit: number;
}

/** One page out of lists by day, and where the next one begins if there is more: no page is announced that is empty. */
export function pageOf<T>(options: DayPages<T>): { items: T[]; next: Place | undefined } {
  const { read, keep, limit, start } = options;
  const items: T[] = [];
  const first = start?.day ?? Math.max(options.from, 0);
  for (let day = first; day <= options.to; day += 1) {
    const list = read(day);
    for (let at = day === start?.day ? start.at : 0; at < list.length; at += 1) {
      const item = list[at];
      if (item === undefined || !keep(item)) continue;
      if (items.length === limit) return { items, next: { day, at } };
      items.push(item);
    }
  }
  return { items, next: undefined };
}
