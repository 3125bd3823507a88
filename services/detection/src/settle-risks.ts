import { streams } from '@recoup/contracts';
import { clearRisk, riskState, type RiskState } from '@recoup/domain';
import type { KnownRisk, MetRisk } from './adapters/known-risks.js';
import { decideStream, readStates } from './decide-stream.js';
import { causeOf, type DetectionDeps } from './detection-stream.js';
import { absenceCounts } from './domain/coverage.js';
import { concerns, type LeasedJob } from './job.js';
import type { Lease } from './lease.js';
import type { RiskTally } from './tally.js';

interface Run {
  readonly job: LeasedJob;
  readonly lease: Lease;
  readonly tally: RiskTally;
}

/** Risks of earlier detections that this one has not met: cleared where every source behind them was read whole. */
export async function settleRisks(deps: DetectionDeps, { job, lease, tally }: Run): Promise<void> {
  for (let after = ''; ;) {
    lease.check();
    const unseen = await deps.knownRisks.unseen(job, after);
    const last = unseen.at(-1);
    if (!last) return;
    const states = await readStates(deps.store, job.tenantId, {
      ids: unseen.map(({ riskId }) => riskId),
      streamOf: streams.risk,
      fold: riskState,
    });
    const met = await Promise.all(
      unseen.map((risk) => settle(deps, { job, risk, state: states.get(risk.riskId), tally })),
    );
    await deps.knownRisks.note(
      job,
      met.filter((risk) => risk !== null),
    );
    after = last.riskId;
  }
}

interface Unseen {
  readonly job: LeasedJob;
  readonly risk: KnownRisk;
  readonly state: RiskState | undefined;
  readonly tally: RiskTally;
}

async function settle(
  deps: DetectionDeps,
  { job, risk, state, tally }: Unseen,
): Promise<MetRisk | null> {
  const { riskId, kind } = risk;
  if (!state) return { ...risk, state: 'cleared' }; // killed before it was noted
  const { detectionId, tenantId } = job;
  const own = deps.watchers.filter((watcher) => watcher.kind === kind);
  if (!isAsked(job, state) || !absenceCounts(own, job.coverage)) {
    if (state.open) tally.open('same');
    return null;
  }
  const reason = own[0]?.cleared ?? '';
  const decided = await decideStream(deps.store, {
    ...{ tenantId, streamId: streams.risk(riskId), fold: riskState, state },
    decide: (now) =>
      now ? clearRisk(now, reason, { detectionId, cause: causeOf(deps, job) }) : [],
  });
  if (decided.events.length > 0 || decided.state?.clearedBy === detectionId) tally.cleared();
  return { ...risk, state: 'cleared' };
}

/** Whether the detection looks at so old a risk; one that nothing dates it always looks at. */
function isAsked(job: LeasedJob, { risk: { since } }: RiskState): boolean {
  return since === null || concerns(job, since);
}
