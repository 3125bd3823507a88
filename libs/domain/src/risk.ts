import { isDeepStrictEqual } from 'node:util';
import type { EventData, NewEvent, RecordedEvent } from '@recoup/contracts';
import { eventOf, type Cause } from './cause.js';

/** What a watcher says of one risk: all of it but the detection that saw it. */
export type RiskFinding = Omit<EventData<'claim.risk_noted'>, 'detectionId'>;

/** One risk as its events tell it. */
export interface RiskState {
  readonly risk: RiskFinding;
  /** False once the facts showed it no more. */
  readonly open: boolean;
  /** Place in the log at which it was noted (again). */
  readonly notedAt: number;
  /** The detection that noted it (again), changed it last and cleared it; null where none did. */
  readonly notedBy: string;
  readonly changedBy: string | null;
  readonly clearedBy: string | null;
  /** Stream version, for the next append. */
  readonly version: number;
}

/** Folds a risk's events; null for no events. */
export function riskState(events: Iterable<RecordedEvent>): RiskState | null {
  let state: RiskState | null = null;
  for (const event of events) state = evolveRisk(state, event);
  return state;
}

/** One step of the fold. Events of other streams leave the state as it is. */
export function evolveRisk(before: RiskState | null, event: RecordedEvent): RiskState | null {
  switch (event.type) {
    case 'claim.risk_noted': {
      const { detectionId: notedBy, ...risk } = event.data;
      const { position: notedAt, streamVersion: version } = event;
      return { risk, open: true, notedAt, notedBy, changedBy: null, clearedBy: null, version };
    }
    case 'claim.risk_changed': {
      const { detectionId: changedBy, ...risk } = event.data;
      return before && { ...before, risk, changedBy, version: event.streamVersion };
    }
    case 'claim.risk_cleared': {
      const { detectionId: clearedBy } = event.data;
      return before && { ...before, open: false, clearedBy, version: event.streamVersion };
    }
    default:
      return before;
  }
}

export interface RiskObservation {
  readonly detectionId: string;
  readonly cause: Cause;
  /** Place in the log up to which the seller asked to be forgotten; 0 for never. */
  readonly erasedUpTo: number;
}

/**
 * What a sight of a risk changes: it is new (also where it had been cleared, or what was known of it erased), it is told
 * otherwise, or nothing. Seen twice by one detection it makes the same event, by its id.
 */
export function noteRisk(
  state: RiskState | null,
  risk: RiskFinding,
  { detectionId, cause, erasedUpTo }: RiskObservation,
): readonly NewEvent[] {
  const data = { ...risk, detectionId };
  const meta = { cause, once: [risk.riskId, detectionId] };
  if (!state?.open || state.notedAt <= erasedUpTo) {
    return [eventOf('claim.risk_noted', data, meta)];
  }
  return isDeepStrictEqual(state.risk, risk) ? [] : [eventOf('claim.risk_changed', data, meta)];
}

/** The facts show it no more. `reason`: what may have become of it, in words for the seller. */
export function clearRisk(
  { risk: { riskId }, open }: RiskState,
  reason: string,
  { detectionId, cause }: Pick<RiskObservation, 'detectionId' | 'cause'>,
): readonly NewEvent[] {
  if (!open) return [];
  const meta = { cause, once: [riskId, detectionId] };
  return [eventOf('claim.risk_cleared', { riskId, detectionId, reason }, meta)];
}
