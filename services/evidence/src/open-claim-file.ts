import type { LedgerFact, ReimbursementFact } from '@recoup/contracts';
import type { ClaimState } from '@recoup/domain';
import { readFacts, type Fact, type FactRef } from '@recoup/facts';
import type { Service } from '@recoup/service-kit';
import type { DetectionBasis } from './detection-basis.js';
import type { Cited, ClaimFile } from './domain/claim-file.js';

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
  const refs = claim.assessment.sources.filter(isCitable);
  const facts = await readFacts(pool, { tenantId, refs, asOf: factsAsOf });
  return {
    claim,
    ledger: facts.filter(isLedger),
    reimbursements: facts.filter(isReimbursement),
    coverage: {
      ledger: coverage.ledger ?? null,
      reimbursements: coverage.reimbursements ?? null,
    },
  };
}

function isCitable(source: { kind: string; key: string }): source is FactRef {
  return source.kind === 'ledger' || source.kind === 'reimbursement';
}

function isLedger(fact: Fact): fact is Fact & Cited<LedgerFact> {
  return fact.kind === 'ledger';
}

function isReimbursement(fact: Fact): fact is Fact & Cited<ReimbursementFact> {
  return fact.kind === 'reimbursement';
}
