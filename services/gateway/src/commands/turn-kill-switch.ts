import { streams, SYSTEM_TENANT } from '@recoup/contracts';
import {
  fromCommand,
  killSwitchState,
  turnKillSwitch,
  type KillSwitchScope,
  type KillSwitchState,
} from '@recoup/domain';
import { MAX_TRIES, type CommandContext } from './context.js';

export interface TurnKillSwitch {
  readonly tenantId: string;
  readonly userId: string;
  readonly on: boolean;
  /** `all`: of every seller. */
  readonly scope: KillSwitchScope;
}

/**
 * Throws or releases a kill switch. Once it answers the event stands in the log, which every call that files looks at
 * before it begins: the last one begins within a second. Turned the way it stands, it changes nothing.
 */
export async function turnSwitch(
  { store, clock }: Pick<CommandContext, 'store' | 'clock'>,
  { tenantId, userId, on, scope }: TurnKillSwitch,
): Promise<KillSwitchState> {
  const owner = scope === 'all' ? SYSTEM_TENANT : tenantId;
  const streamId = streams.settings(owner);
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const recorded = await store.readStream(owner, streamId);
    const before = killSwitchState(recorded);
    const cause = fromCommand(`user:${userId}`, clock.now());
    const events = turnKillSwitch(before, { on, scope }, cause);
    if (events.length === 0) return before;
    const expected = recorded.at(-1)?.streamVersion ?? 'absent';
    const outcome = await store.append({ tenantId: owner, streamId, expected, events });
    if (outcome.ok) return killSwitchState(await store.readStream(owner, streamId));
  }
  throw new Error('the kill switch could not be turned: it kept being turned');
}
