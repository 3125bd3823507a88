import { documentKind, type DocumentState } from '@recoup/domain';
import type { ClaimFile, GivenEvidence } from './claim-file.js';
import { available, missing, type GivenVerdict } from './given-verdict.js';

/** Photos that were given for this very claim: what they show, nobody here can tell. */
export function photos(nothing: string) {
  return ({ claim }: ClaimFile, { documents }: GivenEvidence): GivenVerdict => {
    const own = documents.filter(({ claims }) => claims.includes(claim.claimId));
    const seen = own.filter(isPhoto);
    if (seen.length > 0) return available(seen.map(({ documentId }) => documentId));
    const open = own.find(({ status }) => status === 'uploaded');
    return missing(open ? `${open.name} is still being looked at` : nothing);
  };
}

function isPhoto(document: DocumentState): boolean {
  return document.status !== 'uploaded' && documentKind(document) === 'photo';
}
