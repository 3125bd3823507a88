import { DAY_MS, startOfDay } from '../plan/interval.js';
import type { Stretch } from './read-stretch.js';

/** Cuts a window at midnights (UTC) into stretches of so many days, the last of them shorter, newest first. */
export function stretchesOf({ from, to }: Stretch, days: number): Stretch[] {
  const stretches: Stretch[] = [];
  for (let at = from; at < to;) {
    const next = new Date(startOfDay(at).getTime() + days * DAY_MS);
    const end = next < to ? next : to;
    stretches.push({ from: at, to: end });
    at = end;
  }
  return stretches.reverse();
}
