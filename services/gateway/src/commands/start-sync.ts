import { streams } from '@recoup/contracts';
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
import { newName } from '@recoup/kernel';
import { MAX_TRIES, type CommandContext } from './context.js';

export interface StartSync {
  readonly tenantId: string;
  readonly userId: string;
}

export type StartOutcome =
  { readonly syncId: string } | (Rejection & { readonly existingSyncId?: string });

/**
 * Starts a sync, or joins the one that connecting began. Rejections: `amazon_not_connected`,
 * `amazon_reauthorization_required`, `sync_in_progress` (with the running one's id). Of any number of starts at one
 * instant exactly one wins: the reservation is taken in the append itself.
 */
export async function startSync(
  context: CommandContext,
  { tenantId, userId }: StartSync,
): Promise<StartOutcome> {
  const { store, clock } = context;
  const connection = connectionState(
    await store.readStream(tenantId, streams.connection(tenantId)),
  );
  if (!connection || connection.state === 'disconnected') {
    const message = 'Amazon account not connected. Please connect your Amazon account first.';
    return reject('amazon_not_connected', message);
  }
  if (connection.state === 'reauth_required') {
    const message =
      'Amazon no longer accepts the connection. Please connect your Amazon account again.';
    return reject('amazon_reauthorization_required', message);
  }
  const cause = fromCommand(`user:${userId}`, clock.now());
  const syncId = newName('sync');
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const outcome = await store.append(requestSync({ tenantId, syncId, trigger: 'manual' }, cause));
    if (outcome.ok) {
      await context.shown(tenantId, outcome.position);
      return { syncId };
    }
    if (outcome.reason !== 'reserved') throw new Error('a new sync met an old stream');
    const joined = await joinRunning(context, { tenantId, userId }, outcome.owner);
    if (joined) return joined;
  }
  return reject('sync_in_progress', 'Sync already in progress. Please try again.');
}

/** Null when the running sync ended, or changed, while it was looked at: try again. */
async function joinRunning(
  context: CommandContext,
  { tenantId, userId }: StartSync,
  streamId: string,
): Promise<StartOutcome | null> {
  const state = syncState(await context.store.readStream(tenantId, streamId));
  if (!state || hasEnded(state)) return null;
  const decision = adoptSync(tenantId, state, fromCommand(`user:${userId}`, context.clock.now()));
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
