import { streams } from '@recoup/contracts';
import {
  abandonDetection,
  connectionState,
  detectionHasEnded,
  detectionState,
  erasedUpTo,
  fromCommand,
  reject,
  requestDetection,
  type Rejection,
} from '@recoup/domain';
import { MAX_TRIES, type CommandContext } from './context.js';

export interface RunDetection {
  readonly tenantId: string;
  readonly userId: string;
  /** The name of the detection, if a new one begins. */
  readonly detectionId: string;
}

/**
 * Asks for a detection over what the latest sync brought, or joins the one that was asked for and has not ended: there is
 * one at a time. A repeat under the same name answers what became of the first. Rejection: `amazon_not_connected`.
 */
export async function runDetection(
  context: CommandContext,
  { tenantId, userId, detectionId }: RunDetection,
): Promise<{ readonly detectionId: string } | Rejection> {
  const { store, clock } = context;
  if (!connectionState(await store.readStream(tenantId, streams.connection(tenantId)))) {
    return reject('amazon_not_connected', 'Connect your Amazon account and sync it first.');
  }
  const cause = fromCommand(`user:${userId}`, clock.now());
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const outcome = await store.append(requestDetection({ tenantId, detectionId }, cause));
    if (outcome.ok) {
      await context.shown(tenantId, outcome.position);
      return { detectionId };
    }
    // The name is taken: this very request has been here before.
    if (outcome.reason !== 'reserved') return { detectionId };
    const running = await joinRunning(context, { tenantId, userId, streamId: outcome.owner });
    if (running) return { detectionId: running };
  }
  throw new Error('no detection could be asked for: others kept ending');
}

interface Running {
  readonly tenantId: string;
  readonly userId: string;
  readonly streamId: string;
}

/**
 * The id of the detection that holds the seller; null when it ended while it was looked at, and when it was for facts that
 * were erased since: nobody works on that one, and it is ended here.
 */
async function joinRunning(
  { store, clock }: CommandContext,
  { tenantId, userId, streamId }: Running,
): Promise<string | null> {
  const state = detectionState(await store.readStream(tenantId, streamId));
  if (!state || detectionHasEnded(state)) return null;
  const erased = erasedUpTo(await store.readStream(tenantId, streams.connection(tenantId)));
  if (state.position > erased) return state.detectionId;
  const cause = fromCommand(`user:${userId}`, clock.now());
  await store.append(abandonDetection(tenantId, state, cause));
  return null;
}
