import type { Clock } from '@recoup/kernel';
import type { Pool } from 'pg';
import { bucketLevels } from '../limits/bucket-levels.js';
import { secondsLeft, type Demand } from '../plan/estimate.js';

/** How long Amazon takes for a small report, as others have seen it (30 to 90 s), until this sync has seen its own. */
const REPORT_SECONDS = 60;

export interface Forecast {
  /** How long a report took in this sync, in seconds. */
  observeReport(seconds: number): void;
  /** When the remaining calls can have been made. */
  completion(left: { readonly demand: Demand; readonly waitsForReports: boolean }): Promise<Date>;
}

interface ForecastDeps {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly sellerId: string;
  /** How many times faster than Amazon the other side runs. */
  readonly timeScale: number;
}

/** Forecasts from the remaining calls and from what the seller's rate buckets hold at that moment. */
export function openForecast({ pool, clock, sellerId, timeScale }: ForecastDeps): Forecast {
  let reports = 0;
  let seconds = 0;
  return {
    observeReport(took) {
      reports += 1;
      seconds += took;
    },
    async completion({ demand, waitsForReports }) {
      const levels = await bucketLevels(pool, timeScale, sellerId);
      const perReport = reports > 0 ? seconds / reports : REPORT_SECONDS / timeScale;
      const left = secondsLeft(
        { demand, reportSeconds: waitsForReports ? perReport : null },
        levels,
      );
      return new Date(clock.now().getTime() + Math.ceil(left) * 1000);
    },
  };
}
