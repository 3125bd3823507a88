import { detectors, type RowsRead } from '@recoup/detection';
import type { FactData } from '@recoup/facts';
import {
  calledFacts,
  reportedFacts,
  reportedKinds,
  reportTypeOf,
  resourceOf,
  type ReportedKind,
} from '@recoup/ingestion';
import { apiRows, randomFrom, reportTable, seedOf, type World } from '@recoup/sandbox';

/** What stood between a seller's world and what was read of it. */
export interface Reading {
  /** Whether the ledger's report has the columns in which Amazon states what is open: some sellers' have not. */
  readonly statesOpen: boolean;
  /** Share of the payments that a sync could not read. Above 0 the source counts as read in part. */
  readonly unreadPayments: number;
}

/** The rows that a sync would make of what Amazon tells of a world, by reports that detectors need and by calls, read that way. */
export function readRows(world: World, reading: Reading): RowsRead {
  const needed = new Set(detectors.flatMap(({ needs }) => needs));
  const reported = reportedKinds
    .filter((kind) => needed.has(resourceOf(kind)))
    .map((kind) => [kind, reportedRows(kind, world, reading)] as const);
  return { ...Object.fromEntries(reported), ...calledFacts(apiRows(world)) };
}

function reportedRows<K extends ReportedKind>(
  kind: K,
  world: World,
  reading: Reading,
): readonly FactData[K][] {
  const home = world.seller.marketplaces[0]?.id ?? '';
  const unread = randomFrom(seedOf('unread', world.seller.id));
  const rows: FactData[K][] = [];
  for (const data of reportedFacts(kind, reportTable(world, reportTypeOf(kind)), home)) {
    if (kind === 'reimbursement' && unread() < reading.unreadPayments) continue;
    rows.push(asRead(data, reading));
  }
  return rows;
}

function asRead<D extends object>(data: D, { statesOpen }: Reading): D {
  if (statesOpen || !('unreconciledQuantity' in data)) return data;
  return { ...data, reconciledQuantity: null, unreconciledQuantity: null };
}
