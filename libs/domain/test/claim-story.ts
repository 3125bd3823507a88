import type { EventData, NewEvent, RecordedEvent } from '@recoup/contracts';
import { fromCommand, type Cause } from '../src/cause.js';
import { confirmSubmission, requestSubmission } from '../src/claim-filing.js';
import { observe, type ClaimFinding, type Observation } from '../src/claim-observe.js';
import { route, validate, type Validation } from '../src/claim-route.js';
import { claimState, type ClaimState } from '../src/claim-state.js';
import { isRejection, type Rejection } from '../src/rejection.js';

export const cause: Cause = fromCommand('service:test', new Date('2026-10-01T12:00:00Z'));
export const seen = (detectionId: string): Observation => ({ detectionId, cause });

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
  },
  lossDay: '2026-09-01',
  opensOn: '2026-09-01',
  deadline: '2026-10-31',
  policy: { name: 'p', effectiveFrom: '2024-10-23', effectiveTo: null, source: 'a page' },
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
      recorded.push({ ...event, streamVersion: recorded.length + 1 } as unknown as RecordedEvent);
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
