import type { EventData, SyncResource } from '@recoup/contracts';

/** What a job remembers of its plan beside its windows, so that a successor goes on with the same one. */
export interface StoredPlan {
  /** End of what is synced, an instant. */
  readonly asOf: string;
  readonly planned: EventData<'sync.planned'>;
  /**
   * End of the first sync that closed a window of orders, as it was known before this one: it is carried on from sync to sync,
   * since that first one is not kept for ever.
   */
  readonly ordersFollowedSince: string | null;
  /** Records expected by resource, where Amazon tells. */
  readonly totals: Readonly<Partial<Record<SyncResource, number | null>>>;
}
