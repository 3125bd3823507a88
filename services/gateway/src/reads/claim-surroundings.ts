import { streams } from '@recoup/contracts';
import {
  actionsOf,
  connectionState,
  dayAtMarketplace,
  refuseAssertion,
  takesAssertion,
  waitingFor,
  type ClaimAction,
  type ClaimState,
  type WaitingFor,
} from '@recoup/domain';
import type { Gateway } from '../gateway.js';
import { filingHolds, type Held } from './filing-holds.js';
import { newEvidence } from './new-evidence.js';

type Reads = Pick<Gateway, 'reads' | 'streams' | 'settings' | 'documents' | 'commands'>;

/** What a claim's page says beside the claim itself, at an instant. */
export interface Surroundings {
  readonly now: Date;
  /** Days after filing on which Amazon's answer is no longer expected. */
  readonly answerDays: number;
  readonly todayOf: (claim: ClaimState) => string | null;
  readonly heldOf: (claim: ClaimState) => Held;
  readonly waitingOf: (claim: ClaimState) => WaitingFor | null;
  readonly actionsOf: (claim: ClaimState) => readonly ClaimAction[];
}

/** Reads what is needed for these claims of a seller, all together, and nothing that none of them needs. */
export async function claimSurroundings(
  gateway: Reads,
  tenantId: string,
  claims: readonly ClaimState[],
): Promise<Surroundings> {
  const now = gateway.commands.clock.now();
  const todayOf = ({ subject }: ClaimState) => dayAtMarketplace(subject.marketplaceId, now);
  const [heldOf, newDocumentsOf, connected] = await Promise.all([
    filingHolds(gateway, tenantId, { claims, now }),
    newEvidence(gateway, tenantId, { claims, todayOf }),
    claims.some(takesAssertion) && isConnected(gateway, tenantId),
  ]);
  const takesFiles = gateway.documents !== null;
  return {
    now,
    answerDays: gateway.settings.CLAIM_ANSWER_DAYS,
    todayOf,
    heldOf,
    waitingOf: (claim) => waitingFor(claim, { today: todayOf(claim), hold: heldOf(claim).hold }),
    actionsOf: (claim) => {
      const newDocuments = newDocumentsOf(claim);
      return actionsOf(claim, { today: todayOf(claim), takesFiles, newDocuments, connected });
    },
  };
}

async function isConnected({ streams: log }: Reads, tenantId: string): Promise<boolean> {
  const events = await log.readStream(tenantId, streams.connection(tenantId));
  return refuseAssertion(connectionState(events)) === null;
}
