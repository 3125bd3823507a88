import { streams, SYSTEM_TENANT } from '@recoup/contracts';
import { killSwitchState, type KillSwitchScope } from '@recoup/domain';
import type { Gateway } from '../gateway.js';

export interface StoppedBy {
  readonly on: boolean;
  /** Whose switch it is; that of all goes before the seller's own. Null while both are off. */
  readonly scope: KillSwitchScope | null;
  readonly since: string | null;
}

/** Whether anything of a seller may be filed, as the log has it now. */
export async function stoppedBy(
  { streams: log }: Pick<Gateway, 'streams'>,
  tenantId: string,
): Promise<StoppedBy> {
  const [all, own] = await Promise.all(
    [SYSTEM_TENANT, tenantId].map((id) => log.readStream(id, streams.settings(id))),
  );
  const ofAll = killSwitchState(all ?? []);
  if (ofAll.on) return { on: true, scope: 'all', since: ofAll.since };
  const { on, since } = killSwitchState(own ?? []);
  return { on, scope: on ? 'seller' : null, since };
}
