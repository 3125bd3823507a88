import type { RecordedEvent } from '@recoup/contracts';
import { describe, expect, it } from 'vitest';
import { sellerSettings } from './seller-settings.js';

const chosen = (position: number, learnFromOutcomes: boolean) =>
  ({ type: 'claim.settings_changed', data: { learnFromOutcomes }, position }) as RecordedEvent;

describe('what a seller has chosen', () => {
  it('given nothing, then nothing is learned from its outcomes', () => {
    expect(sellerSettings([])).toEqual({ learnFromOutcomes: false });
  });

  it('given several choices, then the last one stands', () => {
    expect(sellerSettings([chosen(1, false), chosen(2, true)])).toEqual({
      learnFromOutcomes: true,
    });
    expect(sellerSettings([chosen(1, true), chosen(2, false)])).toEqual({
      learnFromOutcomes: false,
    });
  });

  it('given a choice that was erased, then it is as if it had never been made', () => {
    expect(sellerSettings([chosen(1, true)], 1)).toEqual({ learnFromOutcomes: false });
    expect(sellerSettings([chosen(1, true), chosen(3, true)], 2)).toEqual({
      learnFromOutcomes: true,
    });
  });
});
