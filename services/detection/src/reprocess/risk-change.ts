import type { NewEvent, RiskKind } from '@recoup/contracts';
import type { RiskState } from '@recoup/domain';

/** What a reprocessing changes about one risk. */
export interface RiskChange {
  readonly change: 'noted' | 'changed' | 'cleared';
  readonly riskId: string;
  readonly kind: RiskKind;
  readonly sku: string;
  readonly since: string | null;
  /** What the facts show, or what may have become of it. */
  readonly reason: string;
}

/** The change that an event makes of a risk; null for events of anything else. */
export function riskChange(before: RiskState | null, event: NewEvent): RiskChange | null {
  switch (event.type) {
    case 'claim.risk_noted':
    case 'claim.risk_changed': {
      const { riskId, kind, subject, since, reason } = event.data;
      const change = event.type === 'claim.risk_noted' ? 'noted' : 'changed';
      return { change, riskId, kind, sku: subject.sku, since, reason };
    }
    case 'claim.risk_cleared': {
      const { riskId, reason } = event.data;
      if (!before) return null;
      const { kind, subject, since } = before.risk;
      return { change: 'cleared', riskId, kind, sku: subject.sku, since, reason };
    }
    default:
      return null;
  }
}

/** What changes, one line for each risk. */
export function riskLines(changes: readonly RiskChange[]): readonly string[] {
  return changes.map(({ change, riskId, kind, sku, since, reason }) =>
    [`risk ${change}`, riskId, kind, sku, since ?? 'undated', reason].join('  '),
  );
}
