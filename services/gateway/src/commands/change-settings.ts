import { isDeepStrictEqual } from 'node:util';
import { settingNames, streams, type RecordedEvent, type SellerSettings } from '@recoup/contracts';
import { chosenSettings, erasedUpTo, eventOf, fromCommand } from '@recoup/domain';
import { MAX_TRIES, type CommandContext } from './context.js';

export interface ChangeSettings {
  readonly tenantId: string;
  readonly userId: string;
  readonly settings: Partial<SellerSettings>;
  /** What counts where the seller has chosen nothing. */
  readonly defaults: SellerSettings;
}

/**
 * Keeps what the seller chooses. What is not named stays as it is; choosing what counts already changes nothing. Answers
 * all settings as they stand then.
 */
export async function changeSettings(
  { store, clock }: Pick<CommandContext, 'store' | 'clock'>,
  { tenantId, userId, settings, defaults }: ChangeSettings,
): Promise<SellerSettings> {
  const streamId = streams.settings(tenantId);
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const { chosen, recorded } = await choicesOf({ store }, tenantId);
    const before = { ...defaults, ...chosen };
    const after = { ...before, ...settings };
    const changed = settingNames.options.filter(
      (name) => !isDeepStrictEqual(before[name], after[name]),
    );
    if (changed.length === 0) return after;
    const { learnFromOutcomes } = after;
    const data = { ...chosen, ...settings, learnFromOutcomes, changed };
    const cause = fromCommand(`user:${userId}`, clock.now());
    const events = [eventOf('claim.settings_changed', data, { cause })];
    const expected = recorded.at(-1)?.streamVersion ?? 'absent';
    const outcome = await store.append({ tenantId, streamId, expected, events });
    if (outcome.ok) return after;
  }
  throw new Error(`the settings of ${tenantId} could not be changed: they kept changing`);
}

/** The settings that stand, as the log has them now. */
export async function settingsOf(
  context: { readonly store: Pick<CommandContext['store'], 'readStream'> },
  tenantId: string,
  defaults: SellerSettings,
): Promise<SellerSettings> {
  return { ...defaults, ...(await choicesOf(context, tenantId)).chosen };
}

interface Choices {
  readonly chosen: Partial<SellerSettings>;
  readonly recorded: readonly RecordedEvent[];
}

async function choicesOf(
  { store }: { readonly store: Pick<CommandContext['store'], 'readStream'> },
  tenantId: string,
): Promise<Choices> {
  const [recorded, connection] = await Promise.all([
    store.readStream(tenantId, streams.settings(tenantId)),
    store.readStream(tenantId, streams.connection(tenantId)),
  ]);
  return { recorded, chosen: chosenSettings(recorded, erasedUpTo(connection)) };
}
