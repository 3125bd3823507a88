import type { LedgerFact, ReimbursementFact } from '@recoup/contracts';
import type { ClaimState } from '@recoup/domain';
import { kinds, readFacts, readGroups, type Fact, type FactRef } from '@recoup/facts';
import type { Service } from '@recoup/service-kit';
import type { DetectionBasis } from './detection-basis.js';
import type { Cited, ClaimFile } from './domain/claim-file.js';
import { restsOnDocuments } from './domain/given-documents.js';
import { gatherGiven } from './gather-given.js';

export interface ClaimFileDeps {
  readonly pool: Service['pool'];
  readonly basisOf: (tenantId: string, detectionId: string) => Promise<DetectionBasis>;
}

/**
 * The claim with the facts that it cites, as its detection saw them: what came later is for the next detection, which
 * changes the claim or takes it back.
 */
export async function openClaimFile(
  { pool, basisOf }: ClaimFileDeps,
  tenantId: string,
  claim: ClaimState,
): Promise<ClaimFile> {
  const { factsAsOf, coverage } = await basisOf(tenantId, claim.changedBy ?? claim.detectedBy);
  const refs = claim.assessment.sources.filter(isFactRef);
  const [facts, around, given] = await Promise.all([
    readFacts(pool, { tenantId, refs, asOf: factsAsOf }),
    readAround(pool, { tenantId, claim, asOf: factsAsOf }),
    restsOnDocuments(claim.subtype)
      ? gatherGiven(pool, { tenantId, claim, asOf: factsAsOf })
      : undefined,
  ]);
  return {
    ...(given && { given }),
    claim,
    records: { cited: facts, ...around },
    ledger: facts.filter(isLedger),
    reimbursements: facts.filter(isReimbursement),
    unstored: claim.assessment.sources.length - facts.length,
    gaps: gapsOf(claim.needs, coverage),
    coverage: {
      ledger: coverage.ledger ?? null,
      reimbursements: coverage.reimbursements ?? null,
    },
  };
}

/** What no claim cites and its sums rest on all the same: all of its order, and all that was paid for its product. */
async function readAround(
  pool: Service['pool'],
  {
    tenantId,
    claim,
    asOf,
  }: { readonly tenantId: string; readonly claim: ClaimState; asOf: number },
): Promise<Omit<ClaimFile['records'], 'cited'>> {
  const { orderId, fnsku } = claim.subject;
  const [ofOrder, ofProduct] = await Promise.all([
    orderId === null
      ? []
      : readGroups(pool, { tenantId, asOf, kinds: OF_ORDERS, groups: [orderId] }),
    claim.assessment.value.basis === 'paid_history'
      ? readGroups(pool, { tenantId, asOf, kinds: ['reimbursement'], groups: [fnsku] })
      : [],
  ]);
  return { ofOrder, ofProduct };
}

const OF_ORDERS = ['transaction', 'customerReturn', 'replacement'] as const;

/** A missing source is never a zero: of what was not read whole, nothing can be said to be absent. */
function gapsOf(
  needs: ClaimState['needs'],
  coverage: DetectionBasis['coverage'],
): readonly string[] {
  return needs.flatMap((source) => {
    const { state, reason } = coverage[source] ?? { state: 'missing', reason: undefined };
    if (state === 'complete') return [];
    const how = state === 'partial' ? 'read only in part' : 'not read';
    return [`The source ${source} was ${how}${reason === undefined ? '' : `: ${reason}`}`];
  });
}

function isFactRef(source: { kind: string; key: string }): source is FactRef {
  return source.kind in kinds;
}

function isLedger(fact: Fact): fact is Fact & Cited<LedgerFact> {
  return fact.kind === 'ledger';
}

function isReimbursement(fact: Fact): fact is Fact & Cited<ReimbursementFact> {
  return fact.kind === 'reimbursement';
}
