import { reservations, streams, type NewEvent } from '@recoup/contracts';
import {
  claimState,
  eventOf,
  recordPayment,
  recordReversal,
  recordUnasked,
  type Cause,
  type ClaimState,
} from '@recoup/domain';
import type { EventStore } from '@recoup/event-store';
import type { Service } from '@recoup/service-kit';
import { followedIds } from '../adapters/followed-claims.js';
import { readFinds, readPaymentRows } from '../adapters/payment-rows.js';
import { reportsReadTo } from '../adapters/reports-read.js';
import { readTransactionRows, type About } from '../adapters/transaction-rows.js';
import { decideOnClaim } from '../decide-on-claim.js';
import type { DetectionBasis } from '../detection-basis.js';
import { creditsOf } from '../domain/outcomes/credit.js';
import { whyTakenBack } from '../domain/outcomes/find.js';
import type { Conflict, Match, Payee } from '../domain/outcomes/match.js';
import { matchOutcomes } from '../domain/outcomes/match-outcomes.js';

export interface MatchDeps {
  readonly pool: Service['pool'];
  readonly store: EventStore;
  readonly basisOf: (tenantId: string, detectionId: string) => Promise<DetectionBasis>;
}

/** Claims read in one query. */
const PAGE = 200;

/**
 * Counts what later reports and transactions paid and took back for the claims of a seller. May run at any time and as often as one likes,
 * by several at once: what was counted is in the claims' events, and a reservation is taken with each.
 */
export async function matchSeller(
  deps: MatchDeps,
  tenantId: string,
  cause: Cause,
): Promise<number> {
  const payees = await readPayees(deps, tenantId);
  if (payees.length === 0) return 0;
  const rows = await readPaymentRows(deps.pool, tenantId);
  const credits = creditsOf(await readTransactionRows(deps.pool, tenantId, aboutOf(payees)));
  const readTo = await reportsReadTo(deps.pool, tenantId);
  const matches = matchOutcomes(payees, { rows, credits, reportsReadTo: readTo });
  // One after the other: a payment has to stand before what takes it back, and shares of a row in their order.
  for (const match of matches) await count(deps, { tenantId, match, cause });
  return matches.length;
}

function aboutOf(payees: readonly Payee[]): About {
  const subjects = payees.map(({ state }) => state.subject);
  return {
    skus: subjects.flatMap(({ sku }) => sku ?? []),
    orderIds: subjects.flatMap(({ orderId }) => orderId ?? []),
  };
}

async function readPayees(deps: MatchDeps, tenantId: string): Promise<readonly Payee[]> {
  const payees: Payee[] = [];
  for (let after = ''; ;) {
    const ids = await followedIds(deps.pool, tenantId, { after, limit: PAGE });
    const last = ids.at(-1);
    if (last === undefined) return payees;
    const read = await deps.store.readStreams(tenantId, ids.map(streams.claim));
    for (const events of read.values()) {
      const state = claimState(events);
      if (state) payees.push(await payeeOf(deps, tenantId, state));
    }
    after = last;
  }
}

async function payeeOf(
  { basisOf }: MatchDeps,
  tenantId: string,
  state: ClaimState,
): Promise<Payee> {
  const { detectedBy, withdrawnBy } = state;
  const { factsAsOf: foundAsOf } = await basisOf(tenantId, detectedBy);
  const ended = withdrawnBy === null ? null : await basisOf(tenantId, withdrawnBy);
  return { state, foundAsOf, endedAsOf: ended?.factsAsOf ?? null };
}

interface Counting {
  readonly tenantId: string;
  readonly match: Match | Conflict;
  readonly cause: Cause;
}

async function count(deps: MatchDeps, { tenantId, match, cause }: Counting): Promise<void> {
  const { claimId } = match;
  if (match.as === 'conflict') {
    await decideOnClaim(deps.store, { tenantId, claimId }, () => ({
      events: [conflictEvent(match, cause)],
    }));
    return;
  }
  const reason = match.as === 'reversed' ? await reasonOf(deps, tenantId, match) : null;
  await decideOnClaim(deps.store, { tenantId, claimId }, (claim) => ({
    events: eventsOf(claim, match, { cause, reason }),
    take: [reservations.paidRow(tenantId, match.share)],
  }));
}

function conflictEvent({ claimId, fact, reference, reasons }: Conflict, cause: Cause): NewEvent {
  const data = { claimId, reference, fact, reasons: [...reasons] };
  return eventOf('claim.match_conflicted', data, { cause, once: [claimId, fact] });
}

function eventsOf(
  claim: ClaimState,
  match: Match,
  { cause, reason }: { readonly cause: Cause; readonly reason: string | null },
): readonly NewEvent[] {
  const { as, share: row, reference, day, money, unitsInKind, caseId, original } = match;
  if (as === 'reversed') {
    const amount = money ?? { amount: '0', currency: match.currency };
    const taken = { reference, reversedOn: day, amount, reason, original: original ?? reference };
    return recordReversal(claim, { ...taken, row }, cause);
  }
  const payment = { reference, paidOn: day, amount: money, unitsInKind, row };
  if (as === 'unasked') return recordUnasked(claim, payment, cause);
  return recordPayment(claim, { ...payment, amazonCaseId: caseId }, cause);
}

/** A payment may be taken back because the units were found: what the ledger says of that is kept with it. */
async function reasonOf(
  { pool }: MatchDeps,
  tenantId: string,
  { fnsku, day }: Match,
): Promise<string> {
  const finds = await readFinds(pool, { tenantId, fnsku });
  return whyTakenBack(day, finds);
}
