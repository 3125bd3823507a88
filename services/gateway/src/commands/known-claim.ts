import type { RecordedEvent } from '@recoup/contracts';
import { claimState, type ClaimState } from '@recoup/domain';
import { readErasedUpTo } from '../reads/erased-up-to.js';
import type { CommandContext } from './context.js';

/**
 * The claim that the events of its stream tell; null when there are none, or when its seller has had it erased and no
 * detection has found it since: it is as unknown to commands as it is to reads.
 */
export async function knownClaim(
  store: CommandContext['store'],
  tenantId: string,
  recorded: readonly RecordedEvent[],
): Promise<ClaimState | null> {
  const claim = claimState(recorded);
  return claim && claim.foundAt > (await readErasedUpTo(store, tenantId)) ? claim : null;
}
