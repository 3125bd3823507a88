import type { Coverage, RecordedEvent, ResourceCounts, SyncResource } from '@recoup/contracts';

export type SyncStatus = 'in_progress' | 'complete' | 'failed' | 'cancelled';

/** One sync as its events tell it. */
export interface SyncState {
  readonly syncId: string;
  readonly status: SyncStatus;
  readonly trigger: 'connected' | 'manual' | 'scheduled';
  /** The seller's own start has joined a sync that connecting began. */
  readonly adopted: boolean;
  readonly progress: number;
  readonly message: string;
  readonly startedAt: string;
  readonly completedAt: string | null;
  readonly estimatedCompletion: string | null;
  readonly counts: Readonly<Partial<Record<SyncResource, ResourceCounts>>>;
  readonly coverage: Readonly<Partial<Record<SyncResource, Coverage>>>;
  readonly error: string | null;
  /** Stream version, for the next append. */
  readonly version: number;
}

const ENDED: ReadonlySet<SyncStatus> = new Set(['complete', 'failed', 'cancelled']);

export function hasEnded(state: SyncState): boolean {
  return ENDED.has(state.status);
}

/** Folds a sync's events; null for no events. */
export function syncState(events: Iterable<RecordedEvent>): SyncState | null {
  let state: SyncState | null = null;
  for (const event of events) state = evolveSync(state, event);
  return state;
}

/** One step of the fold. Events of other streams leave the state as it is. */
export function evolveSync(before: SyncState | null, event: RecordedEvent): SyncState | null {
  if (event.type === 'sync.requested') return requested(event);
  if (!before) return null;
  const state = { ...before, version: event.streamVersion };
  switch (event.type) {
    case 'sync.adopted':
      return { ...state, adopted: true };
    case 'sync.planned': {
      const { resources, estimatedCompletion } = event.data;
      const counts = Object.fromEntries(
        Object.entries(resources).map(([name, plan]) => [
          name,
          { processed: 0, total: plan.total },
        ]),
      );
      return { ...state, counts, estimatedCompletion };
    }
    case 'sync.progressed': {
      const { progress, message, counts, estimatedCompletion } = event.data;
      return {
        ...state,
        progress: Math.max(state.progress, progress),
        message,
        counts: { ...state.counts, ...counts },
        estimatedCompletion,
      };
    }
    case 'sync.resource_completed':
      return {
        ...state,
        coverage: { ...state.coverage, [event.data.resource]: event.data.coverage },
      };
    default:
      return ended(state, event);
  }
}

function requested(event: RecordedEvent & { type: 'sync.requested' }): SyncState {
  return {
    syncId: event.data.syncId,
    status: 'in_progress',
    trigger: event.data.trigger,
    adopted: false,
    progress: 0,
    message: 'Starting sync...',
    startedAt: event.occurredAt,
    completedAt: null,
    estimatedCompletion: null,
    counts: {},
    coverage: {},
    error: null,
    version: event.streamVersion,
  };
}

function ended(state: SyncState, event: RecordedEvent): SyncState {
  const end = { ...state, completedAt: event.occurredAt, estimatedCompletion: null };
  switch (event.type) {
    case 'sync.completed': {
      const { counts, coverage } = event.data;
      return {
        ...end,
        status: 'complete',
        progress: 100,
        message: 'Sync Complete',
        counts,
        coverage,
      };
    }
    case 'sync.failed': {
      const { message, coverage } = event.data;
      return { ...end, status: 'failed', message, error: message, coverage };
    }
    case 'sync.cancelled':
      return { ...end, status: 'cancelled', message: 'Sync cancelled' };
    default:
      return state;
  }
}
