import { dayAtMarketplace, filingHold, type ClaimState, type FilingHold } from '@recoup/domain';
import { installationDefaults } from '@recoup/domain';
import { settingsOf } from '../commands/change-settings.js';
import type { Gateway } from '../gateway.js';
import { stoppedBy, type StoppedBy } from './kill-switch.js';

export interface Held {
  readonly hold: FilingHold | null;
  readonly killSwitch: StoppedBy;
  /** Seconds until the spacing is over; 0 where it is. */
  readonly wait: number;
}

type Reads = Pick<Gateway, 'reads' | 'streams' | 'settings'>;

const OFF: StoppedBy = { on: false, scope: null, since: null };
const FREE: Held = { hold: null, killSwitch: OFF, wait: 0 };

/** Whether a call that files may be under way for the claim, or asked for. */
export function isBeingFiled({ status }: Pick<ClaimState, 'status'>): boolean {
  return status === 'submission_requested' || status === 'unconfirmed';
}

/**
 * What keeps the calls that file these claims, by the seller's settings and by what the evidence service has counted. Nothing
 * is read where none of them is being filed.
 */
export async function filingHolds(
  gateway: Reads,
  tenantId: string,
  { claims, now }: { readonly claims: readonly ClaimState[]; readonly now: Date },
): Promise<(claim: ClaimState) => Held> {
  const filed = claims.filter(isBeingFiled);
  if (filed.length === 0) return () => FREE;
  const dayOf = ({ subject }: ClaimState) => dayAtMarketplace(subject.marketplaceId, now) ?? '';
  const keys = filed.flatMap(({ submission }) => submission?.idempotencyKey ?? []);
  const days = [...new Set(filed.map(dayOf))];
  const { streams: store, reads, settings } = gateway;
  const [killSwitch, { governor }, paces] = await Promise.all([
    stoppedBy(gateway, tenantId),
    settingsOf({ store }, tenantId, installationDefaults(settings)),
    Promise.all(
      days.map(async (day) => [day, await reads.filingPace(tenantId, day, keys)] as const),
    ),
  ]);
  const { perDay, spacingSeconds } = governor;
  const paceOf = new Map(paces);
  return (claim) => {
    const pace = isBeingFiled(claim) ? paceOf.get(dayOf(claim)) : undefined;
    if (!pace) return FREE;
    const key = claim.submission?.idempotencyKey ?? '';
    const used = pace.used - (pace.counted.includes(key) ? 1 : 0);
    const wait = pace.calledAgo === null ? 0 : Math.max(0, spacingSeconds - pace.calledAgo);
    return {
      hold: filingHold({ stopped: killSwitch.on, used, perDay, wait }),
      killSwitch,
      wait,
    };
  };
}
