import { streams } from '@recoup/contracts';
import { isNewEvidence, lacksNewDocument, type ClaimState } from '@recoup/domain';
import type { Gateway } from '../gateway.js';

type Reads = Pick<Gateway, 'reads' | 'streams'>;

/**
 * The documents that were given for denied claims since Amazon denied them, by claim. Only claims that lack nothing else to
 * be filed anew are looked up; `todayOf` is the day at a claim's marketplace.
 */
export async function newEvidence(
  { reads, streams: log }: Reads,
  tenantId: string,
  {
    claims,
    todayOf,
  }: {
    readonly claims: readonly ClaimState[];
    readonly todayOf: (claim: ClaimState) => string | null;
  },
): Promise<(claim: ClaimState) => readonly string[]> {
  const ids = claims
    .filter((claim) => lacksNewDocument(claim, todayOf(claim)))
    .map(({ claimId }) => claimId);
  const given = ids.length === 0 ? [] : await reads.documentsOfClaims(tenantId, ids);
  const documents = new Map<string, readonly string[]>();
  await Promise.all(
    ids
      .filter((claimId) => given.some((document) => document.claims.includes(claimId)))
      .map(async (claimId) => {
        const events = await log.readStream(tenantId, streams.claim(claimId));
        const after = events.findLast(({ type }) => type === 'claim.denied')?.position ?? Infinity;
        const added = given.filter((document) => isNewEvidence(document, { claimId, after }));
        documents.set(
          claimId,
          added.map(({ documentId }) => documentId),
        );
      }),
  );
  return ({ claimId }) => documents.get(claimId) ?? [];
}
