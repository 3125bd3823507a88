import type { SyncResource } from '@recoup/contracts';
import { countFacts } from '@recoup/facts';
import type { Clock } from '@recoup/kernel';
import type { Pool } from 'pg';
import { AmazonCallFailed } from '../amazon/errors.js';
import { ordersPerDay } from '../amazon/order-metrics.js';
import type { Caller } from '../amazon/rate-limiter.js';
import type { SpApiClient } from '../amazon/sp-api-client.js';
import type { Job } from '../jobs/job.js';
import { loadCovered } from '../jobs/coverage-so-far.js';
import { savePlan } from '../jobs/plan-store.js';
import { chooseRoutes } from '../plan/choose-routes.js';
import { dayOf, startOfDay } from '../plan/interval.js';
import { beginningOf, FRESHEST_MS } from '../plan/look-back.js';
import type { OrdersPerDay } from '../plan/pack-orders.js';
import { orderGaps, type PlannedWindow, type PlanInput } from '../plan/plan-windows.js';
import type { StoredPlan } from '../plan/stored-plan.js';
import { totalOrders } from '../plan/totals.js';
import type { Source } from '../sources/source.js';
import type { Forecast } from './forecast.js';

export interface PlanDeps {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly client: SpApiClient;
  readonly caller: Caller;
  readonly marketplaceIds: readonly string[];
  /** Every source that may be used; the plan chooses one for each resource. */
  readonly sources: readonly Source[];
  readonly forecast: Forecast;
}

/** The plan of a job: the one a predecessor stored, or a new one. Throws what the client throws, and LeaseLost. */
export async function planOf(deps: PlanDeps, job: Job): Promise<StoredPlan> {
  if (job.plan) return job.plan;
  const input = await planInput(deps, job);
  const { sources, windows, demand } = chooseRoutes(input, {
    candidates: deps.sources,
    ...(await deps.forecast.outlook()),
  });
  const gaps = orderGaps(input);
  const totals = { orders: totalOrders(gaps, input.ordersPerDay) };
  const completion = await deps.forecast.completion({ demand, waitsForReports: true });
  const plan: StoredPlan = {
    asOf: input.asOf.toISOString(),
    ordersFollowedSince: input.covered.ordersFollowedSince?.toISOString() ?? null,
    totals,
    planned: {
      syncId: job.syncId,
      from: dayOf(beginningOf(input.asOf)),
      to: dayOf(input.asOf),
      resources: resourcesOf(sources, { windows, totals }),
      estimatedCompletion: completion.toISOString(),
    },
  };
  await savePlan(deps.pool, job, { plan, windows });
  return plan;
}

async function planInput(deps: PlanDeps, job: Job): Promise<PlanInput> {
  const asOf = new Date(deps.clock.now().getTime() - FRESHEST_MS);
  const covered = await loadCovered(deps.pool, job.tenantId);
  const knownInventory = await countFacts(deps.pool, job.tenantId, 'inventory');
  const { marketplaceIds, sources } = deps;
  const known = { asOf, covered, knownInventory, marketplaceIds, sources };
  const uncounted = { ...known, ordersPerDay: null };
  return { ...uncounted, ordersPerDay: await countOrders(deps, uncounted) };
}

/**
 * Orders a day over all marketplaces, from the oldest gap on. Null when Amazon does not let this application see them
 * (they need a role of their own): the sync then goes on without a total.
 */
async function countOrders(deps: PlanDeps, input: PlanInput): Promise<OrdersPerDay | null> {
  const { created, updated } = orderGaps(input);
  const oldest = Math.min(...[...created, ...updated].map(({ from }) => from.getTime()));
  if (!Number.isFinite(oldest)) return new Map();
  const range = { from: startOfDay(new Date(oldest)), to: input.asOf };
  const sum = new Map<string, number>();
  try {
    for (const marketplaceId of deps.marketplaceIds) {
      const days = await ordersPerDay(deps.client, deps.caller, { marketplaceId, ...range });
      for (const [day, orders] of days) sum.set(day, (sum.get(day) ?? 0) + orders);
    }
  } catch (error) {
    if (error instanceof AmazonCallFailed && !error.refusal.retryable) return null;
    throw error;
  }
  return sum;
}

function resourcesOf(
  sources: readonly Source[],
  { windows, totals }: { windows: readonly PlannedWindow[]; totals: StoredPlan['totals'] },
): StoredPlan['planned']['resources'] {
  const of = (
    source: Source,
  ): [SyncResource, { route: string; windows: number; total: number | null }] => [
    source.resource,
    {
      route: source.route,
      windows: windows.filter(({ resource }) => resource === source.resource).length,
      total: totals[source.resource] ?? null,
    },
  ];
  return Object.fromEntries(sources.map(of));
}
