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
import { decideOnClaim } from '../decide-on-claim.js';
import type { DetectionBasis } from '../detection-basis.js';
import { whyTakenBack } from '../domain/outcomes/find.js';
import {
  matchPayments,
  type Conflict,
  type Match,
  type Payee,
} from '../domain/outcomes/match-payments.js';
import { dayOf, inKindOf, moneyOf } from '../domain/outcomes/payment-row.js';

export interface MatchDeps {
  readonly pool: Service['pool'];
  readonly store: EventStore;
  readonly basisOf: (tenantId: string, detectionId: string) => Promise<DetectionBasis>;
}

/** Claims read in one query. */
const PAGE = 200;

/**
 * Counts what later reports paid and took back for the claims of a seller. May run at any time and as often as one likes,
 * by several at once: what was counted is in the claims' events, and a reservation is taken with each.
 */
export async function matchSeller(
  deps: MatchDeps,
  tenantId: string,
  cause: Cause,
): Promise<number> {
  const payees = await readPayees(deps, tenantId);
  if (payees.length === 0) return 0;
  const after = Math.min(...payees.map(({ foundAsOf }) => foundAsOf));
  const rows = await readPaymentRows(deps.pool, { tenantId, after });
  const matches = matchPayments(payees, rows);
  // One after the other: a payment has to stand before what takes it back, and shares of a row in their order.
  for (const match of matches) await count(deps, { tenantId, match, cause });
  return matches.length;
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

function conflictEvent({ claimId, row, reasons }: Conflict, cause: Cause): NewEvent {
  const { reimbursementId: reference } = row.data;
  const data = { claimId, reference, fact: row.key, reasons: [...reasons] };
  return eventOf('claim.match_conflicted', data, { cause, once: [claimId, row.key] });
}

function eventsOf(
  claim: ClaimState,
  { as, row, share }: Match,
  { cause, reason }: { readonly cause: Cause; readonly reason: string | null },
): readonly NewEvent[] {
  const { reimbursementId: reference, caseId, currency, originalReimbursementId } = row.data;
  const money = moneyOf(row, share);
  if (as === 'reversed') {
    const amount = money ?? { amount: '0', currency };
    const original = originalReimbursementId ?? reference;
    const taken = { reference, reversedOn: dayOf(row), amount, reason, original, row: share };
    return recordReversal(claim, taken, cause);
  }
  const unitsInKind = inKindOf(row, share);
  const payment = { reference, paidOn: dayOf(row), amount: money, unitsInKind, row: share };
  if (as === 'unasked') return recordUnasked(claim, payment, cause);
  return recordPayment(claim, { ...payment, amazonCaseId: caseId }, cause);
}

/** A payment may be taken back because the units were found: what the ledger says of that is kept with it. */
async function reasonOf({ pool }: MatchDeps, tenantId: string, { row }: Match): Promise<string> {
  const finds = await readFinds(pool, { tenantId, fnsku: row.data.fnsku });
  return whyTakenBack(dayOf(row), finds);
}
