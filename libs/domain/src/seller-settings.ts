import type { EventData, RecordedEvent, SellerSettings } from '@recoup/contracts';

/**
 * As long as neither a seller nor the installation has chosen anything. Amazon publishes no figure of how many cases a day
 * it takes from a seller: 20, one a minute, is this product's own caution.
 */
export const DEFAULT_SETTINGS: SellerSettings = {
  learnFromOutcomes: false,
  autoFile: false,
  approvalLimit: 500,
  governor: { perDay: 20, spacingSeconds: 60 },
  schedule: null,
  // What waits for the seller, what ends without it, and what changes the money it counts on.
  notifications: {
    kinds: [
      'sync_failed',
      'amazon_reauthorization_required',
      'claim_needs_review',
      'claim_denied',
      'claim_paid',
      'claim_reversed',
      'claim_overdue',
      'claim_deadline',
      'claim_expired',
    ],
  },
};

export interface SettingsBasis {
  /** What was chosen up to there was erased. */
  readonly erasedUpTo?: number;
  /** What counts where the seller has chosen nothing. */
  readonly defaults?: SellerSettings;
}

/** What stands after events of the seller's settings. */
export function sellerSettings(
  events: readonly RecordedEvent[],
  { erasedUpTo = 0, defaults = DEFAULT_SETTINGS }: SettingsBasis = {},
): SellerSettings {
  return { ...defaults, ...chosenSettings(events, erasedUpTo) };
}

/** What the seller itself has chosen: without it the installation's defaults count. */
export function chosenSettings(
  events: readonly RecordedEvent[],
  erasedUpTo = 0,
): Partial<SellerSettings> {
  const last = events
    .filter((event) => event.type === 'claim.settings_changed')
    .findLast(({ position }) => position > erasedUpTo);
  return last ? choicesOf(last.data) : {};
}

function choicesOf(data: EventData<'claim.settings_changed'>): Partial<SellerSettings> {
  const { learnFromOutcomes, autoFile, approvalLimit, governor, schedule, notifications } = data;
  return {
    learnFromOutcomes,
    ...(autoFile !== undefined && { autoFile }),
    ...(approvalLimit !== undefined && { approvalLimit }),
    ...(governor !== undefined && { governor }),
    ...(schedule !== undefined && { schedule }),
    ...(notifications !== undefined && { notifications }),
  };
}
