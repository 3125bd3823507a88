import type { EventData, NewEvent, RecordedEvent } from '@recoup/contracts';
import { eventOf, type Cause } from './cause.js';

export type KillSwitchScope = EventData<'claim.kill_switch_thrown'>['killSwitchScope'];

/** A switch as it stands: thrown, by whom and since when. */
export interface KillSwitchState {
  readonly on: boolean;
  readonly since: string | null;
  readonly by: string | null;
}

const OFF: KillSwitchState = { on: false, since: null, by: null };

/** The switch on a stream of settings: a seller's, or that of the system for all sellers. Erasing does not release it. */
export function killSwitchState(events: readonly RecordedEvent[]): KillSwitchState {
  const last = events.findLast(
    ({ type }) => type === 'claim.kill_switch_thrown' || type === 'claim.kill_switch_released',
  );
  if (last?.type !== 'claim.kill_switch_thrown') return OFF;
  return { on: true, since: last.occurredAt, by: last.actor };
}

/** Throws or releases a switch; nothing where it stands so already. */
export function turnKillSwitch(
  before: KillSwitchState,
  { on, scope }: { readonly on: boolean; readonly scope: KillSwitchScope },
  cause: Cause,
): readonly NewEvent[] {
  if (before.on === on) return [];
  const type = on ? 'claim.kill_switch_thrown' : 'claim.kill_switch_released';
  return [eventOf(type, { killSwitchScope: scope }, { cause })];
}
