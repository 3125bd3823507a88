import type { LedgerRow } from '../world/ledger-row.js';
import type { World } from '../world/world.js';

/** What a report covers: whole days of the world, both included, and marketplaces. */
export interface ReportScope {
  readonly from: number;
  readonly to: number;
  readonly marketplaceIds: readonly string[];
  /** `reportOptions` as they were asked for. */
  readonly options: Readonly<Record<string, string>>;
}

export interface ReportType {
  readonly charset: 'UTF-8' | 'ISO-8859-1';
  readonly header: readonly string[];
  /** Whether every field stands in quotes. Where not, a field may hold a quote of its own. */
  readonly quoted: boolean;
  /** The longest stretch of time that one report may span; none where Amazon names none. */
  readonly longestDays?: number;
  /** Where Amazon has nothing for a time that began less than so long before the report was asked for. */
  readonly settledAfterMs?: number;
  /** Whether there is no row, where that is known for less than making the first one. */
  isEmpty?(world: World, scope: ReportScope): boolean;
  rows(world: World, scope: ReportScope): Iterable<readonly string[]>;
}

/** The part of a scope that lies in the world so far. */
export function dayRange(
  { calendar }: World,
  { from, to }: ReportScope,
): { readonly from: number; readonly to: number } {
  return { from: Math.max(0, from), to: Math.min(to, calendar.days - 1) };
}

/** The ledger of the days of a scope. */
export function* rowsOfDays(world: World, scope: ReportScope): Generator<LedgerRow> {
  const { from, to } = dayRange(world, scope);
  for (let day = from; day <= to; day += 1) yield* world.ledgerOn(day);
}

/** An instant as reports write it. */
export function isoOffset(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d{3}Z$/, '+00:00');
}
