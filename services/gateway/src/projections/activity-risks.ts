import type { EventData, RecordedEvent } from '@recoup/contracts';
import type { ActivityRow } from './activity.js';
import { riskLabel } from './risk-labels.js';

/** Risks that one detection notes are one entry of the list: it counts on. */
export function risksKey({ detectionId }: EventData<'claim.risk_noted'>): string {
  return `risks:${detectionId}`;
}

/** The entry after one more risk: the first is named, others are only counted. */
export function risksEntry(
  before: ActivityRow | null,
  { occurredAt, data }: RecordedEvent & { readonly type: 'claim.risk_noted' },
): ActivityRow {
  const risks = Number(before?.['risks'] ?? 0) + 1;
  return {
    type: 'risks_noted',
    timestamp: before?.timestamp ?? occurredAt,
    message: `Nothing to claim, but worth a look: ${risks === 1 ? riskLabel(data.kind) : `${risks} risks`}`,
    detectionId: data.detectionId,
    risks,
  };
}
