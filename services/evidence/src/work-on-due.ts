import type { Cause } from '@recoup/domain';
import { backoffMs, messageOf, type Clock } from '@recoup/kernel';
import { inSpan, SpanKind, type Service, type SpanOptions } from '@recoup/service-kit';
import { keepWork, leaseWork, settleWork, type DueWork, type Stay } from './adapters/due-work.js';
import { holdWork, LEASE_SECONDS } from './hold-work.js';
import type { WorkKind } from './adapters/tables.js';
import { reactionTo } from './reaction.js';

export interface WorkDeps {
  readonly pool: Service['pool'];
  readonly clock: Clock;
  readonly log: Service['log'];
}

export interface WorkPlan {
  readonly kind: WorkKind;
  /** How many are taken and done side by side. */
  readonly together: number;
  /** Far longer than all that is taken takes: what still is not done by then hangs, and another may try. */
  readonly longestSeconds: number;
  /** What fails is tried again after at most so many milliseconds, for as long as it takes. */
  readonly longestDelayMs: number;
}

/** Done, or kept for later. */
export type Ending = 'done' | Exclude<Stay, { error: string }>;

/**
 * Takes what is due of a kind and does it; answers whether there was any. A result is in the log before its row goes: who
 * died in between does it again. What fails waits, and keeps nothing else waiting.
 */
export async function workOnDue(
  deps: WorkDeps,
  plan: WorkPlan,
  work: (due: DueWork, cause: Cause) => Promise<Ending>,
): Promise<boolean> {
  const { kind, together: limit, longestSeconds } = plan;
  const taken = await leaseWork(deps.pool, { kind, limit, seconds: LEASE_SECONDS });
  if (taken.length === 0) return false;
  const release = holdWork(deps, taken, longestSeconds);
  await Promise.all(
    taken.map(async (due) => {
      try {
        const ending = await inSpan(`work on ${kind}`, spanOf(due), () =>
          work(due, reactionTo(due, deps.clock)),
        );
        await (ending === 'done' ? settleWork(deps.pool, due) : keepWork(deps.pool, due, ending));
      } catch (error) {
        const { id, tenantId: tenant, attempts, correlationId } = due;
        deps.log.warn({ err: error, kind, id, tenant, correlationId }, 'due work not done yet');
        const delayMs = backoffMs(attempts, { baseMs: 500, capMs: plan.longestDelayMs });
        await keepWork(deps.pool, due, { delayMs, error: messageOf(error) });
      }
    }),
  ).finally(release);
  return true;
}

function spanOf({ traceparent: parent, tenantId }: DueWork): SpanOptions {
  return { kind: SpanKind.CONSUMER, parent, attributes: { 'recoup.tenant.id': tenantId } };
}
