import type { EventData, RecordedEvent } from '@recoup/contracts';

/** What a seller may choose. */
export type SellerSettings = EventData<'claim.settings_changed'>;

/** As long as a seller has chosen nothing. */
export const DEFAULT_SETTINGS: SellerSettings = { learnFromOutcomes: false };

/** What stands after events of the seller's settings. `erasedUpTo`: what was chosen up to there was erased. */
export function sellerSettings(events: readonly RecordedEvent[], erasedUpTo = 0): SellerSettings {
  const chosen = events
    .filter((event) => event.type === 'claim.settings_changed')
    .findLast(({ position }) => position > erasedUpTo);
  return chosen?.data ?? DEFAULT_SETTINGS;
}
