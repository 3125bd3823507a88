import { streams, type NewEvent } from '@recoup/contracts';
import {
  claimState,
  fromCommand,
  isRejection,
  reject,
  type Cause,
  type ClaimState,
  type Rejection,
} from '@recoup/domain';
import { MAX_TRIES, type CommandContext } from './context.js';
import { knownClaim } from './known-claim.js';

export interface ClaimCommand {
  readonly tenantId: string;
  readonly userId: string;
  readonly claimId: string;
}

export type DecideOnClaim = (claim: ClaimState, cause: Cause) => readonly NewEvent[] | Rejection;

/**
 * Decides over the claim as it stands and appends the result, again from the start when the claim moved in between. Waits
 * until reads show it, and answers the claim as it is then; a decision that changes nothing is answered the same way.
 * A refusal is passed on; `claim_not_found` for a claim that this tenant does not have.
 */
export async function decideOnClaim(
  context: CommandContext,
  { tenantId, userId, claimId }: ClaimCommand,
  decide: DecideOnClaim,
): Promise<ClaimState | Rejection> {
  const { store, clock } = context;
  const streamId = streams.claim(claimId);
  const cause = fromCommand(`user:${userId}`, clock.now());
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const recorded = await store.readStream(tenantId, streamId);
    const claim = await knownClaim(store, tenantId, recorded);
    const last = recorded.at(-1);
    if (!claim || !last) return reject('claim_not_found', 'There is no such claim');
    const events = decide(claim, cause);
    if (isRejection(events)) return events;
    if (events.length === 0) {
      await context.shown(tenantId, last.position);
      return claim;
    }
    const outcome = await store.append({ tenantId, streamId, expected: claim.version, events });
    if (outcome.ok) {
      await context.shown(tenantId, outcome.position);
      return claimState(await store.readStream(tenantId, streamId)) ?? claim;
    }
    // A detection or the evidence service appended in between: decide again over what it wrote.
  }
  throw new Error(`claim ${claimId} could not be decided on: it kept changing`);
}
