import { reservations, streams } from '@recoup/contracts';
import { connectionState, disconnectAmazon, fromCommand, isRejection } from '@recoup/domain';
import { cancelRunningSync } from './cancel-sync.js';
import { MAX_TRIES, type CommandContext } from './context.js';

export interface DisconnectAmazon {
  readonly tenantId: string;
  readonly userId: string;
  /** Erase the seller's data as well. */
  readonly purge: boolean;
}

/**
 * Ends the connection and cancels the running sync; the token is forgotten by ingestion, which hears of it. When it
 * answers no new call goes to Amazon for this seller. Nothing connected is nothing to do: a client that repeats the
 * request, because it missed the answer, gets the same one.
 */
export async function disconnectSeller(
  context: CommandContext,
  { tenantId, userId, purge }: DisconnectAmazon,
): Promise<void> {
  const position = await endConnection(context, { tenantId, userId, purge });
  // After the connection: a sync that starts in between finds that it has ended. Also when it had ended before, since
  // the one who ended it may not have lived to come this far.
  const owner = await context.store.reservationOwner(tenantId, reservations.activeSync(tenantId));
  if (owner) {
    const syncId = owner.slice(streams.sync('').length);
    await cancelRunningSync(context, { tenantId, userId, syncId });
  }
  if (position !== null) await context.shown(tenantId, position);
}

/** The position of the event; null when there was nothing to end. */
async function endConnection(
  { store, clock }: CommandContext,
  { tenantId, userId, purge }: DisconnectAmazon,
): Promise<number | null> {
  const cause = fromCommand(`user:${userId}`, clock.now());
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const state = connectionState(await store.readStream(tenantId, streams.connection(tenantId)));
    const decision = disconnectAmazon(tenantId, state, { purge, cause });
    if (isRejection(decision)) return null;
    const outcome = await store.append(decision);
    if (outcome.ok) return outcome.position;
  }
  throw new Error(`the connection of ${tenantId} could not be ended: it kept changing`);
}
