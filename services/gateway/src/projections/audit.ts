import type { RecordedEvent } from '@recoup/contracts';
import type { Projection } from '@recoup/projections';
import { auditDetails } from './audit-words.js';

/** One act, as the audit trail tells it. It is what its event says, and never changes. */
export interface AuditRow {
  readonly id: string;
  readonly at: string;
  /** `user:<id>`, `service:<name>` or `operator:<id>`. */
  readonly actor: string;
  /** Whether nobody's hand did it. */
  readonly automated: boolean;
  /** The event's type without its family: `submission_requested`. */
  readonly act: string;
  readonly claimId: string | null;
  readonly details: string;
  /** The model whose score had a say; null where none did. */
  readonly modelVersion: string | null;
  /** What it belongs to: acts of one cause share it. */
  readonly correlationId: string;
}

/** Every act on claims and settings, by the id of its event. */
export const auditProjection: Projection<AuditRow> = {
  name: 'audit',
  version: 1,
  keyOf: (event) => (auditDetails(event) === null ? null : event.id),
  evolve: (before, event) => rowOf(event) ?? before,
};

function rowOf(event: RecordedEvent): AuditRow | null {
  const details = auditDetails(event);
  if (details === null) return null;
  const { id, type, occurredAt: at, actor, correlationId, data } = event;
  return {
    ...{ id, at, actor, details, correlationId },
    automated: actor.startsWith('service:'),
    act: type.slice(type.indexOf('.') + 1),
    claimId: claimOf(data),
    modelVersion: 'modelVersion' in data ? (data.modelVersion ?? null) : null,
  };
}

function claimOf(data: RecordedEvent['data']): string | null {
  if ('opened' in data) return data.opened.claimId;
  return 'claimId' in data ? data.claimId : null;
}
