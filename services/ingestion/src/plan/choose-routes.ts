import type { SyncResource } from '@recoup/contracts';
import type { BucketLevels } from '../limits/bucket-levels.js';
import type { Source } from '../sources/source.js';
import { addDemand, secondsLeft, type Demand } from './estimate.js';
import { planWindows, type PlanInput, type PlannedWindow } from './plan-windows.js';

/** One way to read everything: each resource by one source, and the windows that these read. */
export interface RoutePlan {
  readonly sources: readonly Source[];
  readonly windows: readonly PlannedWindow[];
  readonly demand: Demand;
  /** Until all of it has been read, by the rate limits. */
  readonly seconds: number;
}

export interface Routing {
  /** Every source that may be used; a resource may have several. */
  readonly candidates: readonly Source[];
  readonly levels: BucketLevels;
  /** How long Amazon is expected to make a report. */
  readonly reportSeconds: number;
}

/** Plans that differ by less are equally fast: the first data decides, then the number of calls. */
const SAME_SECONDS = 1;

/**
 * The routes by which all resources together are read the soonest. Each way to combine them is counted whole, because
 * reports of all types share one bucket: what is fastest for orders alone may be what holds everything else up.
 */
export function chooseRoutes(input: PlanInput, routing: Routing): RoutePlan {
  const [first, ...others] = combinations(routableSources(input, routing.candidates)).map(
    (sources) => planBy(sources, input, routing),
  );
  if (!first) throw new RangeError('a sync without sources');
  return others.reduce((best, plan) => (isBetter(plan, best) ? plan : best), first);
}

/**
 * Where nobody says how many orders there are, reading them page by page may take days and a report takes one call a
 * month: what is unknown is not taken for little.
 */
function routableSources(
  { ordersPerDay }: PlanInput,
  candidates: readonly Source[],
): readonly Source[] {
  const reports = ({ resource, family }: Source): boolean =>
    resource === 'orders' && family === 'reports';
  if (ordersPerDay !== null || !candidates.some(reports)) return candidates;
  return candidates.filter((source) => source.resource !== 'orders' || reports(source));
}

/** One source for each resource, in all ways; the first named of each come first. */
function combinations(candidates: readonly Source[]): Source[][] {
  const resources = new Set<SyncResource>(candidates.map(({ resource }) => resource));
  let ways: Source[][] = [[]];
  for (const resource of resources) {
    const choices = candidates.filter((source) => source.resource === resource);
    ways = ways.flatMap((way) => choices.map((choice) => [...way, choice]));
  }
  return ways;
}

function planBy(sources: readonly Source[], input: PlanInput, routing: Routing): RoutePlan {
  const windows = planWindows({ ...input, sources });
  const byRoute = new Map(sources.map((source) => [source.route, source]));
  const demand = addDemand(
    windows.map((window) => byRoute.get(window.route)?.demand(window) ?? {}),
  );
  const reportSeconds = demand.createReport ? routing.reportSeconds : null;
  return {
    sources,
    windows,
    demand,
    seconds: secondsLeft({ demand, reportSeconds }, routing.levels),
  };
}

function isBetter(plan: RoutePlan, best: RoutePlan): boolean {
  if (Math.abs(plan.seconds - best.seconds) >= SAME_SECONDS) return plan.seconds < best.seconds;
  const later = reports(plan) - reports(best);
  return later === 0 ? calls(plan) < calls(best) : later < 0;
}

/** Pages bring data at once, a report only when it is made. */
function reports({ demand }: RoutePlan): number {
  return demand.createReport ?? 0;
}

function calls({ demand }: RoutePlan): number {
  return Object.values(demand).reduce((sum, count) => sum + count, 0);
}
