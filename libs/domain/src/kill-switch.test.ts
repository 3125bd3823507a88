import type { NewEvent, RecordedEvent } from '@recoup/contracts';
import { describe, expect, it } from 'vitest';
import { cause } from '../test/claim-story.js';
import { killSwitchState, turnKillSwitch } from './kill-switch.js';

const recorded = (events: readonly NewEvent[]): RecordedEvent[] => events as RecordedEvent[];
const OFF = killSwitchState([]);
const thrown = turnKillSwitch(OFF, { on: true, scope: 'seller' }, cause);

describe('a kill switch', () => {
  it('given nothing, then it is off', () => {
    expect(OFF).toEqual({ on: false, since: null, by: null });
    expect(turnKillSwitch(OFF, { on: false, scope: 'seller' }, cause)).toEqual([]);
  });

  it('when it is thrown, then it says since when and by whom, and again is no news', () => {
    const on = killSwitchState(recorded(thrown));
    expect(on).toEqual({ on: true, since: cause.at.toISOString(), by: 'service:test' });
    expect(turnKillSwitch(on, { on: true, scope: 'all' }, cause)).toEqual([]);
  });

  it('when it is released, then the last word counts', () => {
    const on = killSwitchState(recorded(thrown));
    const released = turnKillSwitch(on, { on: false, scope: 'all' }, cause);
    expect(released.map(({ type, data }) => [type, data])).toEqual([
      ['claim.kill_switch_released', { killSwitchScope: 'all' }],
    ]);
    expect(killSwitchState(recorded([...thrown, ...released])).on).toBe(false);
  });
});
