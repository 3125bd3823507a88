import type { DocumentCheck, PromptAnswer } from '@recoup/contracts';
import {
  answerOf,
  isSellersDocument,
  saidToHaveNone,
  type ClaimState,
  type Question,
  type SellersDocument,
} from '@recoup/domain';
import {
  askDocument,
  askMeasuredSize,
  askPartneredCarrier,
  askTrackingNumber,
  askUnitCost,
} from './questions.js';
import { takesSellersWord } from './value-question.js';

/**
 * The next thing that only the seller can tell or give, the cheapest and most decisive first:
 *
 *   who carried it        a yes or a no, which may make a proof of delivery needless
 *   what a unit costs     a number
 *   where a parcel is     a number to copy
 *   what a unit measures  a ruler and a scale
 *   a document            a file to look for, one after the other
 *
 * Null when nothing more is to be asked: all is there, or the seller has said to have none of what is not.
 */
export function nextQuestion(
  claim: ClaimState,
  documents: readonly DocumentCheck[],
): Question | null {
  const lacking = documents.filter(({ status }) => status !== 'Available');
  const types = new Set(lacking.map(({ type }) => type));
  const told = TOLD.find(({ answeredBy, isLacking }) => {
    return isLacking(claim, types) && answerOf(claim, answeredBy) === null;
  });
  if (told) return told.ask(claim);
  const wanted = lacking.filter(isOfSeller).find(({ type }) => !saidToHaveNone(claim, type));
  return wanted ? askDocument(claim, wanted) : null;
}

interface Told {
  readonly answeredBy: PromptAnswer['kind'];
  readonly isLacking: (claim: ClaimState, types: ReadonlySet<string>) => boolean;
  readonly ask: (claim: ClaimState) => Question;
}

/** What is told in words, in the order in which it is asked. */
const TOLD: readonly Told[] = [
  {
    answeredBy: 'partnered_carrier',
    isLacking: (_, types) => types.has('proof_of_delivery'),
    ask: askPartneredCarrier,
  },
  { answeredBy: 'unit_cost', isLacking: lacksValue, ask: askUnitCost },
  {
    answeredBy: 'tracking_number',
    isLacking: (_, types) => types.has('proof_of_delivery') || types.has('delivery_scan'),
    ask: askTrackingNumber,
  },
  {
    answeredBy: 'measured_size',
    isLacking: (_, types) => types.has('seller_measurement'),
    ask: askMeasuredSize,
  },
];

function lacksValue(claim: ClaimState): boolean {
  return claim.assessment.value.total === null && takesSellersWord(claim);
}

function isOfSeller(
  document: DocumentCheck,
): document is DocumentCheck & { readonly type: SellersDocument } {
  return isSellersDocument(document.type);
}
