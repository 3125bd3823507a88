import { streams, type NewEvent } from '@recoup/contracts';
import { noteRisk, riskState, type RiskFinding, type RiskState } from '@recoup/domain';
import { decideStream, readStates } from './decide-stream.js';
import { causeOf, type DetectionDeps } from './detection-stream.js';
import { readErasedUpTo } from './erasure.js';
import { concerns, type LeasedJob } from './job.js';
import type { RiskTally } from './tally.js';

/**
 * Appends what a batch of risks changes. As with claims, the table knows a risk before the log has it: killed in between,
 * none is left that a later detection would not look at.
 */
export async function recordRisks(
  deps: DetectionDeps,
  {
    job,
    risks,
    tally,
  }: {
    readonly job: LeasedJob;
    readonly risks: readonly RiskFinding[];
    readonly tally: RiskTally;
  },
): Promise<void> {
  const { detectionId, tenantId } = job;
  const asked = risks.filter(({ since }) => since === null || concerns(job, since));
  if (asked.length === 0) return;
  await deps.knownRisks.note(
    job,
    asked.map(({ riskId, kind }) => ({ riskId, kind, state: 'open' })),
  );
  const erasedUpTo = await readErasedUpTo(deps, job);
  const ids = asked.map(({ riskId }) => riskId);
  const states = await readStates(deps.store, tenantId, {
    ids,
    streamOf: streams.risk,
    fold: riskState,
  });
  const observation = { detectionId, cause: causeOf(deps, job), erasedUpTo };
  await Promise.all(
    asked.map(async (risk) => {
      const { state, events } = await decideStream(deps.store, {
        ...{ tenantId, streamId: streams.risk(risk.riskId), fold: riskState },
        state: states.get(risk.riskId) ?? null,
        decide: (now) => noteRisk(now, risk, observation),
      });
      tally.open(outcomeOf(detectionId, state, events));
    }),
  );
}

/** New or changed by this detection, now or in a run of it that did not live to count. */
function outcomeOf(
  detectionId: string,
  state: RiskState | null,
  events: readonly NewEvent[],
): 'new' | 'changed' | 'same' {
  if (events.some(({ type }) => type === 'claim.risk_noted')) return 'new';
  if (state?.notedBy === detectionId) return 'new';
  return events.length > 0 || state?.changedBy === detectionId ? 'changed' : 'same';
}
