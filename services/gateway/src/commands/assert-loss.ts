import { streams } from '@recoup/contracts';
import {
  assertLoss,
  connectionState,
  dayAtMarketplace,
  fromCommand,
  isRejection,
  type Assertion,
  type Rejection,
} from '@recoup/domain';
import { dayIn } from '@recoup/kernel';
import type { CommandContext } from './context.js';

export interface AssertLoss {
  readonly tenantId: string;
  readonly userId: string;
  readonly said: Assertion['said'];
}

/**
 * Keeps what a person says of units that no report tells; detection makes a claim of it, or says by its absence that the
 * reports do not bear it out. Answers the id of what was said. Rejections are those of `assertLoss`.
 */
export async function assertForSeller(
  { store, clock }: Pick<CommandContext, 'store' | 'clock'>,
  { tenantId, userId, said }: AssertLoss,
): Promise<{ readonly assertionId: string } | Rejection> {
  const connection = connectionState(
    await store.readStream(tenantId, streams.connection(tenantId)),
  );
  const now = clock.now();
  const home = connection?.marketplaces[0];
  const assertedOn = (home && dayAtMarketplace(home.id, now)) ?? dayIn('UTC', now);
  const cause = fromCommand(`user:${userId}`, now);
  const asserted = assertLoss(connection, { tenantId, said, assertedOn, cause });
  if (isRejection(asserted)) return asserted;
  const { event, assertionId } = asserted;
  const streamId = streams.assertions(tenantId);
  await store.append({ tenantId, streamId, expected: 'any', events: [event] });
  return { assertionId };
}
