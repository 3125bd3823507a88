import { detectors, type Keyed } from '@recoup/detection';
import { identify, type FactData } from '@recoup/facts';
import {
  reportedFacts,
  reportedKinds,
  reportTypeOf,
  resourceOf,
  type ReportedKind,
} from '@recoup/ingestion';
import { randomFrom, reportTable, seedOf, type World } from '@recoup/sandbox';

/** What stood between a seller's world and what was read of it. */
export interface Reading {
  /** Whether the ledger's report has the columns in which Amazon states what is open: some sellers' have not. */
  readonly statesOpen: boolean;
  /** Share of the payments that a sync could not read. Above 0 the source counts as read in part. */
  readonly unreadPayments: number;
}

export type FactsRead = { readonly [K in ReportedKind]: readonly Keyed<FactData[K]>[] };

/** The facts that a sync would make of those of a world's reports that detectors need, read that way. */
export function readFacts(world: World, reading: Reading): FactsRead {
  const needed = new Set(detectors.flatMap(({ needs }) => needs));
  const entries = reportedKinds.map((kind) => [
    kind,
    needed.has(resourceOf(kind)) ? factsOf(kind, world, reading) : [],
  ]);
  return Object.fromEntries(entries) as FactsRead;
}

function factsOf<K extends ReportedKind>(
  kind: K,
  world: World,
  reading: Reading,
): readonly Keyed<FactData[K]>[] {
  const home = world.seller.marketplaces[0]?.id ?? '';
  const unread = randomFrom(seedOf('unread', world.seller.id));
  const rows: FactData[K][] = [];
  for (const data of reportedFacts(kind, reportTable(world, reportTypeOf(kind)), home)) {
    if (kind === 'reimbursement' && unread() < reading.unreadPayments) continue;
    rows.push(asRead(data, reading));
  }
  return identify(kind, rows) as unknown as Keyed<FactData[K]>[];
}

function asRead<D extends object>(data: D, { statesOpen }: Reading): D {
  if (statesOpen || !('unreconciledQuantity' in data)) return data;
  return { ...data, reconciledQuantity: null, unreconciledQuantity: null };
}
