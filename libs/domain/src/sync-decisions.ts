import { reservations, streams } from '@recoup/contracts';
import type { EventData, NewEvent } from '@recoup/contracts';
import { eventOf, type Cause } from './cause.js';
import { reject, type Rejection } from './rejection.js';
import { hasEnded, type SyncState } from './sync-state.js';

/** An append that a decision asks for; the caller adds nothing but the store. */
export interface Decision {
  readonly tenantId: string;
  readonly streamId: string;
  readonly expected: number;
  readonly events: readonly NewEvent[];
  readonly take?: readonly string[];
  readonly release?: readonly string[];
}

export interface RequestSync {
  readonly tenantId: string;
  readonly syncId: string;
  readonly trigger: EventData<'sync.requested'>['trigger'];
}

/** Begins a sync. The reservation refuses it while another one of the tenant runs. */
export function requestSync({ tenantId, syncId, trigger }: RequestSync, cause: Cause): Decision {
  return {
    tenantId,
    streamId: streams.sync(syncId),
    expected: 0,
    events: [eventOf('sync.requested', { syncId, trigger }, { cause, once: [syncId] })],
    take: [reservations.activeSync(tenantId)],
  };
}

export interface AdoptSync {
  readonly cause: Cause;
  /** The name of a start that may be repeated: under it the repeat finds this sync. */
  readonly startedAs?: string;
}

/** The seller's first start joins the sync that connecting began; a second one does not. */
export function adoptSync(
  tenantId: string,
  state: SyncState,
  { cause, startedAs }: AdoptSync,
): Decision | Rejection {
  if (hasEnded(state) || state.trigger !== 'connected' || state.adopted) {
    return reject('sync_in_progress', 'Sync already in progress');
  }
  const { syncId } = state;
  const event = eventOf('sync.adopted', { syncId }, { cause, once: [syncId] });
  const take = startedAs === undefined ? [] : [reservations.startedAs(tenantId, startedAs)];
  return { ...next(tenantId, state, [event]), take };
}

/** Cancels a running sync. It is terminal: the worker's next append and next rate token are refused. */
export function cancelSync(
  tenantId: string,
  state: SyncState,
  { reason, cause }: { reason: string; cause: Cause },
): Decision | Rejection {
  if (hasEnded(state)) return reject('already_ended', `Sync is already ${state.status}`);
  const event = eventOf(
    'sync.cancelled',
    { syncId: state.syncId, reason },
    { cause, once: [state.syncId] },
  );
  return { ...next(tenantId, state, [event]), release: [reservations.activeSync(tenantId)] };
}

type Step = 'sync.planned' | 'sync.progressed' | 'sync.resource_completed';

/** A step of a running sync. `once` names what the step is, so that a resumed worker's repeat is recognised. */
export function advanceSync<T extends Step>(
  tenantId: string,
  state: SyncState,
  step: { type: T; data: EventData<T>; once: readonly string[]; cause: Cause },
): Decision | Rejection {
  if (hasEnded(state)) return reject('already_ended', `Sync is already ${state.status}`);
  const once = [state.syncId, ...step.once];
  return next(tenantId, state, [eventOf(step.type, step.data, { cause: step.cause, once })]);
}

type End = 'sync.completed' | 'sync.failed';

/** Ends a running sync and frees the tenant for the next. */
export function endSync<T extends End>(
  tenantId: string,
  state: SyncState,
  end: { type: T; data: EventData<T>; cause: Cause },
): Decision | Rejection {
  if (hasEnded(state)) return reject('already_ended', `Sync is already ${state.status}`);
  const event = eventOf(end.type, end.data, { cause: end.cause, once: [state.syncId] });
  return { ...next(tenantId, state, [event]), release: [reservations.activeSync(tenantId)] };
}

function next(tenantId: string, state: SyncState, events: readonly NewEvent[]): Decision {
  return { tenantId, streamId: streams.sync(state.syncId), expected: state.version, events };
}
