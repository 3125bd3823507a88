import { isApproved, waitsForApproval } from './claim-approve.js';
import { takesAssertion } from './claim-assertion.js';
import { isAuthorized, refuseAuthorization } from './claim-authorize.js';
import { openPrompt } from './claim-answer.js';
import { refuseDismissal } from './claim-dismiss.js';
import { waitsForPersonToFile } from './claim-filed.js';
import { takesOutcome } from './claim-outcome.js';
import { lacksNewDocument, refuseResubmission } from './claim-resubmit.js';
import type { ClaimState } from './claim-state.js';
import { awaitsFiling } from './claim-status.js';
import { isShownByFile } from './sellers-documents.js';

/** What a seller can do to a claim, in the words of the routes. */
export type ClaimAction =
  | 'answer'
  | 'upload'
  | 'approve'
  | 'submit'
  | 'resubmit'
  | 'assert'
  | 'filed'
  | 'outcome'
  | 'dismiss';

/** What decides beside the claim on what is offered. */
export interface Offer {
  /** The day in the claim's marketplace; null where its calendar is not known. */
  readonly today: string | null;
  /** Whether files are taken at all. */
  readonly takesFiles: boolean;
  /** Documents that were given for the claim after Amazon denied it. */
  readonly newDocuments: readonly string[];
  /** Whether Amazon is connected. */
  readonly connected: boolean;
}

type Offers = (claim: ClaimState, offer: Offer) => boolean;

/** Each asks the decision itself, or what the decision asks. */
const OFFERS: Readonly<Record<ClaimAction, Offers>> = {
  answer: (claim) => openPrompt(claim) !== null,
  upload: (claim, { takesFiles, today }) => takesFiles && filesWanted(claim, today).length > 0,
  approve: (claim) => waitsForApproval(claim) && !isApproved(claim),
  submit: (claim, { today }) => !isAuthorized(claim) && refuseAuthorization(claim, today) === null,
  resubmit: (claim, offer) => refuseResubmission(claim, offer) === null,
  assert: (claim, { connected }) => connected && takesAssertion(claim),
  filed: waitsForPersonToFile,
  outcome: takesOutcome,
  dismiss: (claim) => claim.status !== 'dismissed' && refuseDismissal(claim) === null,
};

/** What would be accepted now and would change something, in the order in which it is offered. */
export function actionsOf(claim: ClaimState, offer: Offer): readonly ClaimAction[] {
  const actions = Object.keys(OFFERS) as ClaimAction[];
  return actions.filter((action) => OFFERS[action](claim, offer));
}

/** A document that Amazon has not seen, of whatever type. */
const NEW_DOCUMENT = 'new_document';

/**
 * The types of documents that would bring a claim on, the one that is asked for first: what a file can show and does not
 * yet, and for a denied claim that may be filed anew `new_document`.
 */
export function filesWanted(claim: ClaimState, today: string | null): readonly string[] {
  if (lacksNewDocument(claim, today)) return [NEW_DOCUMENT];
  if (!awaitsFiling(claim)) return [];
  const asked = openPrompt(claim)?.documentType ?? null;
  const lacking = (claim.validation?.documents ?? [])
    .filter(({ type, status }) => status !== 'Available' && isShownByFile(type))
    .map(({ type }) => type);
  return [...new Set(asked === null ? lacking : [asked, ...lacking])];
}
