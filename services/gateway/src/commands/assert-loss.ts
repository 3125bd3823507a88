import { streams, type EventData } from '@recoup/contracts';
import {
  connectionState,
  dayAtMarketplace,
  eventOf,
  fromCommand,
  reject,
  type Rejection,
} from '@recoup/domain';
import { dayIn, derivedName } from '@recoup/kernel';
import type { CommandContext } from './context.js';

export interface AssertLoss {
  readonly tenantId: string;
  readonly userId: string;
  readonly said: Omit<EventData<'claim.loss_asserted'>, 'assertionId' | 'assertedOn'>;
}

/**
 * Keeps what a person says of units that no report tells; detection makes a claim of it, or says by its absence that the
 * reports do not bear it out. Of two words about one SKU of one order the later stands. Rejection: `amazon_not_connected`.
 */
export async function assertLoss(
  { store, clock }: Pick<CommandContext, 'store' | 'clock'>,
  { tenantId, userId, said }: AssertLoss,
): Promise<{ readonly assertionId: string } | Rejection> {
  const connection = connectionState(
    await store.readStream(tenantId, streams.connection(tenantId)),
  );
  if (connection?.state !== 'connected') {
    return reject('amazon_not_connected', 'Connect your Amazon account and sync it first.');
  }
  const { subtype, orderId, removalOrderId, sku } = said;
  const about = [subtype, orderId ?? '', removalOrderId ?? '', sku];
  const assertionId = derivedName('assertion', tenantId, ...about);
  const now = clock.now();
  const [home] = connection.marketplaces;
  const assertedOn = (home && dayAtMarketplace(home.id, now)) ?? dayIn('UTC', now);
  const cause = fromCommand(`user:${userId}`, now);
  const event = eventOf('claim.loss_asserted', { assertionId, ...said, assertedOn }, { cause });
  const streamId = streams.assertions(tenantId);
  await store.append({ tenantId, streamId, expected: 'any', events: [event] });
  return { assertionId };
}
