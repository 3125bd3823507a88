import { streams, type SellerSettings } from '@recoup/contracts';
import { erasedUpTo, eventOf, fromCommand, sellerSettings } from '@recoup/domain';
import type { CommandContext } from './context.js';

export interface ChangeSettings {
  readonly tenantId: string;
  readonly userId: string;
  readonly settings: Partial<SellerSettings>;
}

/**
 * Keeps what the seller chooses. What is not named stays as it is; choosing the same again changes nothing. Answers all
 * settings as they stand then.
 */
export async function changeSettings(
  { store, clock }: Pick<CommandContext, 'store' | 'clock'>,
  { tenantId, userId, settings }: ChangeSettings,
): Promise<SellerSettings> {
  const before = await settingsOf({ store }, tenantId);
  const chosen: SellerSettings = { ...before, ...settings };
  if (chosen.learnFromOutcomes === before.learnFromOutcomes) return before;
  const cause = fromCommand(`user:${userId}`, clock.now());
  const event = eventOf('claim.settings_changed', chosen, { cause });
  const streamId = streams.settings(tenantId);
  await store.append({ tenantId, streamId, expected: 'any', events: [event] });
  return settingsOf({ store }, tenantId);
}

/** The settings that stand, as the log has them now. */
export async function settingsOf(
  { store }: { readonly store: Pick<CommandContext['store'], 'readStream'> },
  tenantId: string,
): Promise<SellerSettings> {
  const [chosen, connection] = await Promise.all([
    store.readStream(tenantId, streams.settings(tenantId)),
    store.readStream(tenantId, streams.connection(tenantId)),
  ]);
  return sellerSettings(chosen, { erasedUpTo: erasedUpTo(connection) });
}
