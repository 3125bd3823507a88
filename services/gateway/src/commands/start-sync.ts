import { reservations, streams } from '@recoup/contracts';
import {
  adoptSync,
  connectionState,
  fromCommand,
  hasEnded,
  isRejection,
  reject,
  requestSync,
  syncState,
  type Rejection,
} from '@recoup/domain';
import { MAX_TRIES, type CommandContext } from './context.js';

export interface StartSync {
  readonly tenantId: string;
  readonly userId: string;
  /** The name of the sync, if a new one begins. */
  readonly syncId: string;
  /** The request may come again, with the same name. */
  readonly repeatable: boolean;
}

export type StartOutcome =
  { readonly syncId: string } | (Rejection & { readonly existingSyncId?: string });

/**
 * Starts a sync, or joins the one that connecting began. Rejections: `amazon_not_connected`,
 * `amazon_reauthorization_required`, `sync_in_progress` (with the running one's id). Of any number of starts at one
 * instant exactly one wins: the reservation is taken in the append itself. A repeat answers what the first one answered,
 * whatever has become of that sync, or of the connection, since.
 */
export async function startSync(context: CommandContext, start: StartSync): Promise<StartOutcome> {
  const before = await startedBefore(context, start);
  if (before) return before;
  const outcome = await begin(context, start);
  if (!isRejection(outcome)) return outcome;
  // What refuses this one may be its own twin, which was a moment earlier.
  return (await startedBefore(context, start)) ?? outcome;
}

/** What the same request has started already; null when it has not been here. */
async function startedBefore(
  { store }: CommandContext,
  { tenantId, syncId, repeatable }: StartSync,
): Promise<{ readonly syncId: string } | null> {
  if (!repeatable) return null;
  const joined = await store.reservationOwner(tenantId, reservations.startedAs(tenantId, syncId));
  const state = syncState(await store.readStream(tenantId, joined ?? streams.sync(syncId)));
  return state && { syncId: state.syncId };
}

async function begin(context: CommandContext, start: StartSync): Promise<StartOutcome> {
  const { store, clock } = context;
  const { tenantId, syncId } = start;
  const hindrance = await hindranceOf(context, tenantId);
  if (hindrance) return hindrance;
  const cause = fromCommand(`user:${start.userId}`, clock.now());
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const outcome = await store.append(requestSync({ tenantId, syncId, trigger: 'manual' }, cause));
    if (outcome.ok) {
      await context.shown(tenantId, outcome.position);
      return { syncId };
    }
    if (outcome.reason !== 'reserved') throw new Error('a new sync met an old stream');
    const joined = await joinRunning(context, start, outcome.owner);
    if (joined) return joined;
  }
  return reject('sync_in_progress', 'Sync already in progress. Please try again.');
}

async function hindranceOf({ store }: CommandContext, tenantId: string): Promise<Rejection | null> {
  const events = await store.readStream(tenantId, streams.connection(tenantId));
  switch (connectionState(events)?.state) {
    case 'connected':
      return null;
    case 'reauth_required':
      return reject(
        'amazon_reauthorization_required',
        'Amazon no longer accepts the connection. Please connect your Amazon account again.',
      );
    default:
      return reject(
        'amazon_not_connected',
        'Amazon account not connected. Please connect your Amazon account first.',
      );
  }
}

/** Null when the running sync ended, or changed, while it was looked at: try again. */
async function joinRunning(
  context: CommandContext,
  { tenantId, userId, syncId, repeatable }: StartSync,
  streamId: string,
): Promise<StartOutcome | null> {
  const state = syncState(await context.store.readStream(tenantId, streamId));
  if (!state || hasEnded(state)) return null;
  const cause = fromCommand(`user:${userId}`, context.clock.now());
  const decision = adoptSync(tenantId, state, { cause, ...(repeatable && { startedAs: syncId }) });
  if (isRejection(decision)) {
    const message = `Sync already in progress (${state.syncId}). Please wait for it to complete or cancel it first.`;
    return { ...decision, message, existingSyncId: state.syncId };
  }
  const outcome = await context.store.append(decision);
  // A repeat means that another start of the same instant adopted it first: look again.
  if (!outcome.ok || outcome.repeated) return null;
  await context.shown(tenantId, outcome.position);
  return { syncId: state.syncId };
}
