import type { RecordedEvent } from '@recoup/contracts';
import type { ActivityText } from './activity-claims.js';
import { told } from './told.js';

/** The entry of what holds all filings of a seller up, or lets them go on; null for anything else. */
export function filingEntry(event: RecordedEvent): ActivityText | null {
  switch (event.type) {
    case 'claim.kill_switch_thrown':
    case 'claim.kill_switch_released':
      return { type: 'kill_switch', message: told(event) };
    case 'claim.filing_paused':
      return { type: 'filing_paused', message: told(event) };
    default:
      return null;
  }
}
