import { streams } from '@recoup/contracts';
import {
  cancelSync,
  fromCommand,
  isRejection,
  reject,
  syncState,
  type Rejection,
} from '@recoup/domain';
import { MAX_TRIES, type CommandContext } from './context.js';

export interface CancelSync {
  readonly tenantId: string;
  readonly userId: string;
  readonly syncId: string;
}

/**
 * Cancels a running sync at once: the event is terminal and frees the tenant, and the worker's next step is refused.
 * Null when it is done; rejections `not_found` and `already_ended`.
 */
export async function cancelRunningSync(
  context: CommandContext,
  { tenantId, userId, syncId }: CancelSync,
): Promise<Rejection | null> {
  const cause = fromCommand(`user:${userId}`, context.clock.now());
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const state = syncState(await context.store.readStream(tenantId, streams.sync(syncId)));
    if (!state) return reject('not_found', 'Sync not found');
    const decision = cancelSync(tenantId, state, { reason: 'cancelled by the user', cause });
    if (isRejection(decision)) return decision;
    const outcome = await context.store.append(decision);
    if (outcome.ok) {
      await context.shown(tenantId, outcome.position);
      return null;
    }
    // The worker appended in between: decide again over what it wrote.
  }
  throw new Error(`sync ${syncId} could not be cancelled: it kept changing`);
}
