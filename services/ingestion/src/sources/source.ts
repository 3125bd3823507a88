import type { InventoryFact, SyncResource } from '@recoup/contracts';
import type { CatalogueCount, CatalogueItem, FactKind, GivenFact } from '@recoup/facts';
import type { OperationName } from '../amazon/operations.js';
import type { Caller } from '../amazon/rate-limiter.js';
import type { SpApiClient } from '../amazon/sp-api-client.js';
import type { BuyerAccess } from '../buyers/buyer-access.js';
import type { OrderBuyer } from '../buyers/buyer-info.js';
import type { Timer } from '../timer.js';
import type { ReportLists } from './report-lists.js';

/** Which time of a record a window is about; `snapshot` has none and is read anew each time. */
export type Basis = 'created' | 'updated' | 'posted' | 'day' | 'snapshot';

/** A stretch of time of one resource that is fetched, stored and closed as one. */
export interface SyncWindow {
  readonly nth: number;
  readonly resource: SyncResource;
  /** The route that the plan chose for it. */
  readonly route: string;
  readonly basis: Basis;
  /** The marketplace, where a resource is read for each; else empty. */
  readonly scope: string;
  readonly from: Date;
  /** Excluded. */
  readonly to: Date;
  /** Calls expected; the weight in the progress. */
  readonly calls: number;
  /** Records expected; null where Amazon does not tell before they are read. */
  readonly expected: number | null;
  readonly reportId: string | null;
  /** How often a report was asked for and came to nothing. */
  readonly reportAsks: number;
}

/** A window that was read, and how many records it held. */
export type ReadWindow = Pick<SyncWindow, 'scope' | 'to'> & { readonly received: number };

export interface SourceContext {
  readonly timer: Timer;
  readonly client: SpApiClient;
  readonly caller: Caller;
  readonly marketplaceIds: readonly string[];
  /** Says whether this sync asks for buyers. */
  readonly buyers: BuyerAccess;
  /** The configured SP-API endpoint, if there is one. */
  readonly endpoint: string | undefined;
  /** How many times faster than Amazon the other side runs; pauses are divided by it. */
  readonly timeScale: number;
  /** Says how long Amazon took for a report, in seconds. */
  readonly reportTook: (seconds: number) => void;
  /** The shortest time, in seconds, that Amazon took for a report in this sync so far; 0 before the first. */
  readonly soonestReport: () => number;
  /** What Amazon lists of the seller's reports, for all windows of the sync. */
  readonly reportLists: ReportLists;
  /** Remembers the report of a window, so that a successor polls it instead of asking for another. */
  readonly rememberReport: (
    window: SyncWindow,
    report: { readonly id: string | null; readonly asks: number },
  ) => Promise<void>;
  /** Says how many calls the window takes, once that is known: progress and forecast go by it. */
  readonly expectCalls: (calls: number) => void;
  /** The products that what is stored tells of. */
  readonly catalogue: (of: {
    readonly marketplaceId: string;
    /** Those without stock count when they were sold since. */
    readonly soldSince: Date;
  }) => Catalogue;
  /** The inventory of a marketplace of which units are known, as it was stored last. */
  readonly stock: (marketplaceId: string) => AsyncIterable<InventoryFact>;
}

/** What a seller sells in a marketplace, read from facts: for sources that ask product by product. */
export interface Catalogue {
  count(): Promise<CatalogueCount>;
  items(): AsyncIterable<CatalogueItem>;
}

/** What a resource lacks although each of its windows was read. */
export interface Lack {
  readonly words: string;
  /** Whether Amazon has it, so that another sync may bring it. */
  readonly partial: boolean;
}

/** Where a source puts what a window holds, in portions: nothing is kept in memory, and nothing counts before the end. */
export interface FactSink {
  write<K extends FactKind>(kind: K, facts: readonly GivenFact<K>[]): Promise<void>;
  /** Puts buyers apart from the facts: they are sealed one by one, and are no facts. */
  keepBuyers(buyers: readonly OrderBuyer[]): void;
  /** Says that Amazon has told the window up to an instant only: it counts as read so far, and the rest is read again. */
  reachesOnly(until: Date): void;
  /** Forgets what was written of this window: it is read once more from its beginning. */
  restart(): Promise<void>;
}

/** What the setting SYNC_ROUTE can force: Amazon's newest operations, reports, or the operations they replace. */
export type RouteFamily = 'api' | 'reports' | 'v0';

/** Where one resource comes from. A further route or resource is a further file with one of these. */
export interface Source {
  readonly resource: SyncResource;
  /** The name of the route, as the plan states it. No two sources share one. */
  readonly route: string;
  readonly family: RouteFamily;
  /** Set where it tells less than another route of its resource: no saving of time is worth that. */
  readonly onlyWhenForced?: true;
  /** The kind of fact that progress counts; others may come with it. */
  readonly counts: FactKind;
  /** Windows read at the same time. */
  readonly concurrency: number;
  /** What must be stored first, because this source reads it from there. */
  readonly after?: readonly SyncResource[];
  /** The calls that a window of this source still needs, by operation: what the forecast adds up. */
  demand(
    window: Pick<SyncWindow, 'calls' | 'expected'> & Partial<Pick<SyncWindow, 'from' | 'to'>>,
  ): Partial<Record<OperationName, number>>;
  /** Says what is lacking when all windows are closed; by what is stored, because a successor has to say the same. */
  lacks?(
    context: Pick<SourceContext, 'catalogue'>,
    windows: readonly ReadWindow[],
  ): Promise<Lack | null>;
  /** Puts everything in the window into the sink. Throws what the client throws. */
  read(context: SourceContext, window: SyncWindow, sink: FactSink): Promise<void>;
}
