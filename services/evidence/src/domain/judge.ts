import type { Validation } from '@recoup/domain';
import { checkDocuments, overall } from './check-documents.js';
import type { ClaimFile } from './claim-file.js';
import { complianceReasons } from './compliance.js';
import { reckon } from './reckoning/reckon.js';
import { successProbability } from './success-probability.js';

export interface Circumstances {
  /** The day in the claim's marketplace; null where its calendar is not known. */
  readonly today: string | null;
  /** Another claim that is filed, or being filed, for the same loss. */
  readonly filedElsewhere: string | null;
}

/** What the evidence of a claim is worth today: its documents, Amazon's rules, and the probability after both. */
export function judge(file: ClaimFile, { today, filedElsewhere }: Circumstances): Validation {
  const { claim } = file;
  const documents = checkDocuments(file);
  const reasons = complianceReasons({ claim, today, filedElsewhere });
  const compliant = reasons.length === 0;
  const { confidence } = claim.assessment.score;
  return {
    requiredDocuments: overall(documents),
    documents,
    amazonCompliance: compliant ? 'Verified' : 'Not verified',
    complianceReasons: reasons,
    successProbability: successProbability({ confidence, documents, compliant }),
    ...(file.unstored === 0 && { reckoned: reckon({ claim, ...file.records }).sums }),
  };
}
