import type { BucketLevels } from '../limits/bucket-levels.js';
import { secondsLeft, type Demand } from '../plan/estimate.js';
import type { Timer } from '../timer.js';

/** How long Amazon takes for a small report, as others have seen it (30 to 90 s), until this sync has seen its own. */
const REPORT_SECONDS = 60;

/** What a plan is made by. */
export interface Outlook {
  readonly levels: BucketLevels;
  /** How long Amazon is expected to make a report. */
  readonly reportSeconds: number;
}

export interface Forecast {
  /** How long Amazon took for a report in this sync, in seconds. */
  observeReport(seconds: number): void;
  /** The shortest of these times; 0 before the first. */
  soonestReport(): number;
  outlook(): Promise<Outlook>;
  /** When the remaining calls can have been made. */
  completion(left: { readonly demand: Demand; readonly waitsForReports: boolean }): Promise<Date>;
}

interface ForecastDeps {
  readonly timer: Timer;
  /** How full the seller's buckets are. */
  readonly levels: () => Promise<BucketLevels>;
  /** How many times faster than Amazon the other side runs. */
  readonly timeScale: number;
}

/** Forecasts from the remaining calls and from what the seller's rate buckets hold at that moment. */
export function openForecast({ timer, levels, timeScale }: ForecastDeps): Forecast {
  let reports = 0;
  let seconds = 0;
  let soonest = 0;
  const outlook = async (): Promise<Outlook> => ({
    levels: await levels(),
    reportSeconds: reports > 0 ? seconds / reports : REPORT_SECONDS / timeScale,
  });
  return {
    outlook,
    observeReport(took) {
      reports += 1;
      seconds += took;
      soonest = reports === 1 ? took : Math.min(soonest, took);
    },
    soonestReport: () => soonest,
    async completion({ demand, waitsForReports }) {
      const now = await outlook();
      const reportSeconds = waitsForReports ? now.reportSeconds : null;
      const left = secondsLeft({ demand, reportSeconds }, now.levels);
      return new Date(timer.now().getTime() + Math.ceil(left * 1000));
    },
  };
}
