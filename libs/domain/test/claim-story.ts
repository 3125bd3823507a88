import type { EventData, NewEvent, PromptAnswer, RecordedEvent } from '@recoup/contracts';
import { eventOf, fromCommand, type Cause } from '../src/cause.js';
import {
  confirmSubmission,
  handOver,
  markUnconfirmed,
  requestSubmission,
} from '../src/claim-filing.js';
import type { Offer } from '../src/claim-actions.js';
import { answerPrompt, openPrompt, promptOf } from '../src/claim-answer.js';
import { authorizeSubmission } from '../src/claim-authorize.js';
import { approveFiling } from '../src/claim-approve.js';
import { recordFiled } from '../src/claim-filed.js';
import { dismissClaim } from '../src/claim-dismiss.js';
import {
  expire,
  notSeen,
  observe,
  type ClaimFinding,
  type Observation,
} from '../src/claim-observe.js';
import { route, validate, type Validation } from '../src/claim-route.js';
import { claimState } from '../src/claim-fold.js';
import { recordUnasked, type Payment } from '../src/claim-payment.js';
import { giveUpWaiting } from '../src/claim-silence.js';
import { recordOutcome } from '../src/claim-outcome.js';
import { queueApproved } from '../src/claim-queue.js';
import type { AmazonDecision, ClaimState } from '../src/claim-state.js';
import type { ClaimStatus } from '../src/claim-status.js';
import { isRejection, type Rejection } from '../src/rejection.js';

export const cause: Cause = fromCommand('service:test', new Date('2026-10-01T12:00:00Z'));
export const seen = (detectionId: string): Observation => ({ detectionId, cause, erasedUpTo: 0 });

/** What is offered to a seller who is connected, on a day on which the claim can be filed. */
export const offer: Offer = {
  today: '2026-10-01',
  takesFiles: true,
  newDocuments: [],
  connected: true,
};

export const finding: ClaimFinding = {
  claimId: 'claim_1',
  claimType: 'lost_inventory',
  subtype: 'lost_warehouse',
  subject: {
    marketplaceId: 'ATVPDKIKX0DER',
    fnsku: 'X001',
    sku: 'SKU-1',
    asin: 'B001',
    productName: 'Steel water bottle',
    facility: 'PHX7',
    orderId: null,
    shipmentId: null,
    removalOrderId: null,
    reimbursementId: null,
  },
  lossDay: '2026-09-01',
  opensOn: '2026-09-01',
  deadline: '2026-10-31',
  policy: { name: 'p', effectiveFrom: '2024-10-23', effectiveTo: null, source: 'a page' },
  needs: ['ledger', 'reimbursements'],
  quantity: 4,
  value: {
    basis: 'paid_history',
    perUnit: { amount: '10.00', currency: 'USD' },
    total: { amount: '40.00', currency: 'USD' },
  },
  score: { modelVersion: 'm1', confidence: 0.9, intercept: 0, contributions: [] },
  tier: 'auto',
  allocation: [{ kind: 'lost', day: '2026-09-01', quantity: 4, reference: 'r', facility: 'PHX7' }],
  sources: [{ kind: 'ledger', key: 'k' }],
};

export const good: Validation = {
  requiredDocuments: 'Available',
  documents: [{ type: 'ledger_extract', status: 'Available', reasons: [] }],
  amazonCompliance: 'Verified',
  complianceReasons: [],
  successProbability: 0.92,
};

/** The claim after these decisions, each made on what the ones before it left. */
export type Step = (state: ClaimState | null) => readonly NewEvent[] | Rejection;

export function after(...steps: Step[]): ClaimState {
  const recorded: RecordedEvent[] = [];
  for (const step of steps) {
    const decided = step(claimState(recorded));
    if (isRejection(decided)) throw new Error(`refused: ${decided.code}`);
    for (const event of decided) {
      const place = recorded.length + 1;
      recorded.push({
        ...event,
        streamVersion: place,
        position: place,
      } as unknown as RecordedEvent);
    }
  }
  const state = claimState(recorded);
  if (!state) throw new Error('no claim came of it');
  return state;
}

export const types = (decided: readonly NewEvent[] | Rejection): string[] | string =>
  isRejection(decided) ? decided.code : decided.map((event) => event.type);

export const detected: Step = (state) => observe(state, finding, seen('d1'));
export const validated: Step = (state) => validate(state, good, cause);
export const approved: Step = (state) => route(state, { kind: 'auto' }, cause);
export const request = {
  channel: 'sandbox',
  idempotencyKey: 'key-1',
  today: '2026-10-01',
} as const;
export const requested: Step = (state) => requestSubmission(state, request, cause);
export const submission: Omit<EventData<'claim.submitted'>, 'claimId'> = {
  channel: 'sandbox',
  amazonCaseId: 'case-1',
  submittedAt: '2026-10-01T12:00:00Z',
};
export const submitted: Step = (state) => confirmSubmission(state, submission, cause);

export const today = request.today;
const lost = { kind: 'confirm_not_found', question: 'Lost?' } as const;
export const prompted: Step = (state) =>
  state ? route(state, { kind: 'prompt', prompt: promptOf(state, lost) }, cause) : [];
/** The answer to whatever question is open. */
export const answered =
  (answer: PromptAnswer): Step =>
  (state) =>
    answerPrompt(state, { promptId: (state && openPrompt(state)?.id) ?? '', answer }, cause);
export const inReview: Step = (state) =>
  route(state, { kind: 'manual', reasons: ['large'] }, cause);
export const authorized: Step = (state) => authorizeSubmission(state, { today }, cause);
export const queued: Step = (state) => queueApproved(state, { today }, cause);
export const unconfirmed: Step = (state) =>
  markUnconfirmed(state, { idempotencyKey: 'key-1', reason: 'cut' }, cause);
export const handedOver: Step = (state) =>
  handOver(state, { idempotencyKey: 'key-1', handedOverAt: '2026-10-01T12:00:00Z' }, cause);
export const tooDear: Step = (state) =>
  route(state, { kind: 'manual', reasons: ['large'], needsApproval: true }, cause);
export const valueApproved: Step = (state) => approveFiling(state, cause);
export const filedByHand: Step = (state) => recordFiled(state, { amazonCaseId: 'by-hand' }, cause);
export const dismissed: Step = (state) => dismissClaim(state, { reason: 'a test' }, cause);
export const withdrawn: Step = (state) => (state ? notSeen(state, 'found', seen('d9')) : []);
export const expired: Step = (state) =>
  state ? expire(state, { today: '2026-11-01', cause }) : [];

export const agreed: AmazonDecision = {
  outcome: 'approved',
  amazonCaseId: null,
  source: 'person',
  amount: { amount: '40.00', currency: 'USD' },
  expectedOn: null,
  reason: null,
};
export const denied: AmazonDecision = { ...agreed, outcome: 'denied', amount: null, reason: 'no' };
export const partly: AmazonDecision = { ...agreed, outcome: 'partially_approved', amount: null };
export const decidedAs =
  (decision: AmazonDecision): Step =>
  (state) =>
    recordOutcome(state, decision, cause);

const money = (amount: string) => ({ amount, currency: 'USD' });

/** A payment or a reversal, as the reimbursements report tells it. */
export const paid =
  (amount: string | null, unitsInKind = 0): Step =>
  () => [
    eventOf(
      'claim.paid',
      {
        claimId: finding.claimId,
        reference: `pay-${amount}`,
        paidOn: today,
        amount: amount === null ? null : money(amount),
        unitsInKind,
      },
      { cause },
    ),
  ];
export const reversed =
  (amount: string): Step =>
  () => [
    eventOf(
      'claim.reversed',
      {
        claimId: finding.claimId,
        reference: `back-${amount}`,
        reversedOn: today,
        amount: money(amount),
        reason: null,
      },
      { cause },
    ),
  ];

export const unanswered: Step = (state) =>
  state ? giveUpWaiting(state, { days: 60, cause: { ...cause, at: LATER } }) : [];
const LATER = new Date('2026-12-15T12:00:00Z');

/** So many units of one row that names no case. */
export const unasked =
  (amount: string, units: number): Step =>
  (state) =>
    state ? recordUnasked(state, paymentOf(amount, units), cause) : [];

export const paymentOf = (amount: string, units: number, from = 0): Payment => ({
  reference: `row-${amount}`,
  paidOn: today,
  amount: money(amount),
  unitsInKind: 0,
  row: { fact: `row-${amount}`, from, units },
});

const ready = [detected, validated] as const;
const filed = [...ready, approved, requested, submitted] as const;

/** How a claim comes to stand where it stands. */
export const wayTo: Readonly<Record<ClaimStatus, readonly Step[]>> = {
  detected: [detected],
  validated: ready,
  auto_approved: [...ready, approved],
  prompted: [...ready, prompted],
  manual: [...ready, inReview],
  authorized: [...ready, inReview, authorized],
  queued_for_filing: [...ready, approved, queued],
  submission_requested: [...ready, approved, requested],
  unconfirmed: [...ready, approved, requested, unconfirmed],
  handed_over: [...ready, approved, requested, handedOver],
  submitted: filed,
  approved: [...filed, decidedAs(agreed)],
  partially_approved: [...filed, decidedAs(partly)],
  denied: [...filed, decidedAs(denied)],
  paid: [...filed, paid('40.00')],
  reversed: [...filed, paid('40.00'), reversed('40.00')],
  unanswered: [...filed, unanswered],
  paid_unasked: [...ready, unasked('40.00', 4)],
  dismissed: [...ready, dismissed],
  withdrawn: [...ready, withdrawn],
  expired: [...ready, expired],
};

export const everyStatus = Object.keys(wayTo) as ClaimStatus[];
