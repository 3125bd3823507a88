import type { RecordedEvent } from '@recoup/contracts';
import type { ActivityText } from './activity-claims.js';

/** The entry of what holds all filings of a seller up, or lets them go on; null for anything else. */
export function filingEntry(event: RecordedEvent): ActivityText | null {
  switch (event.type) {
    case 'claim.kill_switch_thrown':
      return { type: 'kill_switch', message: 'Filing stopped: no claim leaves any more' };
    case 'claim.kill_switch_released':
      return { type: 'kill_switch', message: 'Filing goes on: claims may leave again' };
    case 'claim.filing_paused': {
      const { perDay, pausedOn } = event.data;
      const cases = perDay === 1 ? 'The one case' : `All ${perDay} cases`;
      const message = `${cases} of ${pausedOn} have been filed: what waits goes on the next day`;
      return { type: 'filing_paused', message };
    }
    default:
      return null;
  }
}
