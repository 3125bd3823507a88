import type { RecordedEvent } from '@recoup/contracts';
import { evolveRisk, type RiskState } from '@recoup/domain';
import type { Projection } from '@recoup/projections';

/** A risk as lists show it. One that was cleared stays as it was, and is listed no more. */
export interface RiskRow extends Pick<RiskState, 'risk' | 'open'> {
  /** When it was noted, or noted again. */
  readonly notedAt: string;
  /** The state on which later events of it are folded. */
  readonly state: RiskState;
}

/** A risk after one more of its events; null while it was never noted. */
export function evolveRiskRow(before: RiskRow | null, event: RecordedEvent): RiskRow | null {
  const state = evolveRisk(before?.state ?? null, event);
  if (!state) return null;
  const isNoted = event.type === 'claim.risk_noted';
  const notedAt = isNoted ? event.occurredAt : (before?.notedAt ?? event.occurredAt);
  const { risk, open } = state;
  return { risk, open, notedAt, state };
}

/** The risks of a seller, by risk id. */
export const riskProjection: Projection<RiskRow> = {
  name: 'risk',
  version: 1,
  keyOf: (event) => ('riskId' in event.data ? event.data.riskId : null),
  evolve: evolveRiskRow,
};
