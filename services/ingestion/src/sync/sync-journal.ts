import { streams } from '@recoup/contracts';
import {
  hasEnded,
  isRejection,
  syncState,
  type Cause,
  type Decision,
  type Rejection,
  type SyncState,
} from '@recoup/domain';
import type { EventStore } from '@recoup/event-store';
import type { Clock } from '@recoup/kernel';
import type { Job } from '../jobs/job.js';
import { SyncNotActive } from '../limits/sync-not-active.js';

/** The stream of one sync, as its worker writes it. */
export interface SyncJournal {
  /** The sync as it stands, after what was written here and what was met of others. */
  state(): SyncState;
  /**
   * Decides on the present state and appends. On a conflict the stream is read again: when the sync has ended, throws
   * SyncNotActive; when this worker lost its lease, LeaseLost; otherwise decides anew.
   */
  write(decide: (state: SyncState, cause: Cause) => Decision | Rejection): Promise<void>;
}

interface JournalDeps {
  readonly store: EventStore;
  readonly clock: Clock;
  readonly job: Job;
  /** Throws LeaseLost when the job is another worker's. */
  readonly assertLease: () => Promise<void>;
}

/** Opens the journal of a job's sync. Throws SyncNotActive when it has ended already. */
export async function openSyncJournal(deps: JournalDeps): Promise<SyncJournal> {
  let state = await load(deps);
  // One append at a time: each is decided on the version that the one before it left.
  let last: Promise<void> = Promise.resolve();

  async function append(decide: Parameters<SyncJournal['write']>[0]): Promise<void> {
    for (;;) {
      const decision = decide(state, causeOf(deps));
      if (isRejection(decision)) throw new SyncNotActive(decision.message);
      const outcome = await deps.store.append(decision);
      if (outcome.ok && decision.release) return;
      if (!outcome.ok) await deps.assertLease();
      // A repeat does not tell where the stream stands now, and after a conflict others have written.
      state = await load(deps);
      if (outcome.ok) return;
    }
  }

  return {
    state: () => state,
    write(decide) {
      const written = last.then(() => append(decide));
      last = written.catch(() => undefined);
      return written;
    },
  };
}

async function load({ store, job }: JournalDeps): Promise<SyncState> {
  const events = await store.readStream(job.tenantId, streams.sync(job.syncId));
  const state = syncState(events);
  if (!state) throw new SyncNotActive(`sync ${job.syncId} was never requested`);
  if (hasEnded(state)) throw new SyncNotActive(`sync ${job.syncId} is ${state.status}`);
  return state;
}

function causeOf({ clock, job }: JournalDeps): Cause {
  return {
    actor: 'service:ingestion',
    at: clock.now(),
    correlationId: job.correlationId,
    causationId: job.causationId,
    traceparent: job.traceparent,
  };
}
