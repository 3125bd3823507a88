import { streams } from '@recoup/contracts';
import { describe, expect, it } from 'vitest';
import { recorder } from '../testing/event-data.js';
import { foldAll } from '../testing/fold.js';
import { activityProjection } from './activity.js';

describe('what holds all filings up', () => {
  it('is told to the seller, and that they go on as well', () => {
    const event = recorder();
    const settings = streams.settings('tenant-1');
    const told = foldAll(activityProjection, [
      event(settings, 'claim.kill_switch_thrown', { killSwitchScope: 'seller' }),
      event(settings, 'claim.kill_switch_released', { killSwitchScope: 'seller' }),
      event(settings, 'claim.filing_paused', {
        pausedOn: '2026-11-21',
        perDay: 20,
        until: '2026-11-22T08:00:00.000Z',
      }),
    ]);
    expect(told).toMatchObject([
      { type: 'kill_switch', message: 'Filing stopped: no claim leaves any more' },
      { type: 'kill_switch', message: 'Filing goes on: claims may leave again' },
      {
        type: 'filing_paused',
        message: 'All 20 cases of 2026-11-21 have been filed: what waits goes on the next day',
      },
    ]);
  });
});
