import type {
  InventoryFact,
  LedgerFact,
  OrderFact,
  ReimbursementFact,
  SyncResource,
  TransactionFact,
} from '@recoup/contracts';
import type { OperationName } from '../amazon/operations.js';
import type { Caller } from '../amazon/rate-limiter.js';
import type { SpApiClient } from '../amazon/sp-api-client.js';

/** Which time of a record a window is about; `snapshot` has none and is read anew each time. */
export type Basis = 'created' | 'updated' | 'posted' | 'day' | 'snapshot';

/** A stretch of time of one resource that is fetched, stored and closed as one. */
export interface SyncWindow {
  readonly nth: number;
  readonly resource: SyncResource;
  readonly basis: Basis;
  /** The marketplace, where a resource is read for each; else empty. */
  readonly scope: string;
  readonly from: Date;
  /** Excluded. */
  readonly to: Date;
  /** Calls expected; the weight in the progress. */
  readonly calls: number;
  readonly reportId: string | null;
  /** How often a report was asked for and came to nothing. */
  readonly reportAsks: number;
}

/** What a window held, ready for the facts. */
export type WindowFacts =
  | { readonly kind: 'order'; readonly rows: readonly OrderFact[] }
  | { readonly kind: 'inventory'; readonly rows: readonly InventoryFact[] }
  | { readonly kind: 'transaction'; readonly rows: readonly TransactionFact[] }
  | { readonly kind: 'ledger'; readonly rows: readonly LedgerFact[] }
  | { readonly kind: 'reimbursement'; readonly rows: readonly ReimbursementFact[] };

export interface SourceContext {
  readonly client: SpApiClient;
  readonly caller: Caller;
  readonly marketplaceIds: readonly string[];
  /** The configured SP-API endpoint, if there is one. */
  readonly endpoint: string | undefined;
  /** How many times faster than Amazon the other side runs; pauses are divided by it. */
  readonly timeScale: number;
  /** Remembers the report of a window, so that a successor polls it instead of asking for another. */
  readonly rememberReport: (
    window: SyncWindow,
    report: { readonly id: string | null; readonly asks: number },
  ) => Promise<void>;
}

/** Where one resource comes from. A further route or resource is a further file with one of these. */
export interface Source {
  readonly resource: SyncResource;
  /** The name of the route, as the plan states it. */
  readonly route: string;
  /** Windows read at the same time. */
  readonly concurrency: number;
  /** The calls that a window of this source still needs, by operation: what the forecast adds up. */
  demand(window: { readonly calls: number }): Partial<Record<OperationName, number>>;
  /** Everything in the window. Throws what the client throws; stores nothing itself. */
  read(context: SourceContext, window: SyncWindow): Promise<WindowFacts>;
}
