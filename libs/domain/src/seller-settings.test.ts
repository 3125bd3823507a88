import type { EventData, RecordedEvent } from '@recoup/contracts';
import { describe, expect, it } from 'vitest';
import { chosenSettings, DEFAULT_SETTINGS, sellerSettings } from './seller-settings.js';

const chosen = (position: number, data: Partial<EventData<'claim.settings_changed'>>) =>
  ({
    type: 'claim.settings_changed',
    data: { learnFromOutcomes: false, ...data },
    position,
  }) as RecordedEvent;

describe('what a seller has chosen', () => {
  it('given nothing, then nothing is learned, and nothing is filed without a word', () => {
    expect(sellerSettings([])).toEqual(DEFAULT_SETTINGS);
    expect(DEFAULT_SETTINGS).toMatchObject({ learnFromOutcomes: false, autoFile: false });
  });

  it('given several choices, then the last one stands', () => {
    const words = [chosen(1, { autoFile: true }), chosen(2, { autoFile: false })];
    expect(sellerSettings(words)).toMatchObject({ autoFile: false });
    expect(sellerSettings(words.slice(0, 1))).toMatchObject({ autoFile: true });
  });

  it("given an installation's defaults, then they count where nothing was chosen", () => {
    const defaults = { ...DEFAULT_SETTINGS, autoFile: true, approvalLimit: 9 };
    const words = [chosen(1, { learnFromOutcomes: true, approvalLimit: 70 })];
    expect(sellerSettings(words, { defaults })).toEqual({
      ...defaults,
      learnFromOutcomes: true,
      approvalLimit: 70,
    });
    expect(chosenSettings(words)).toEqual({ learnFromOutcomes: true, approvalLimit: 70 });
  });

  it('given a choice that was erased, then it is as if it had never been made', () => {
    const words = [chosen(1, { autoFile: true })];
    expect(sellerSettings(words, { erasedUpTo: 1 })).toEqual(DEFAULT_SETTINGS);
    const later = [...words, chosen(3, { approvalLimit: 1 })];
    expect(sellerSettings(later, { erasedUpTo: 2 })).toMatchObject({ approvalLimit: 1 });
  });
});
