import type { DocumentCheck } from '@recoup/contracts';
import { answerOf } from '@recoup/domain';
import type { ClaimFile } from './claim-file.js';
import { givenDocument, type GivenType } from './given-documents.js';
import { losingRow, reasonOf } from './losing-row.js';
import { reckon } from './reckoning/reckon.js';
import { requiredDocuments, type DocumentType } from './required-documents.js';

type Verdict = Omit<DocumentCheck, 'type'>;

const AVAILABLE: Verdict = { status: 'Available', reasons: [] };

const checks: Readonly<Record<DocumentType, (file: ClaimFile) => Verdict>> = {
  ledger_extract: ledgerExtract,
  reimbursement_absence_extract: absenceExtract,
  disposition_pair: dispositionPair,
  facts_extract: factsExtract,
  inbound_invoice: given('inbound_invoice'),
  proof_of_delivery: given('proof_of_delivery'),
  delivery_scan: given('delivery_scan'),
  photos: given('photos'),
  seller_measurement: ({ claim }) =>
    answerOf(claim, 'measured_size')?.size
      ? AVAILABLE
      : missing('Nobody has told what the packed unit measures and weighs'),
  dimension_photos: given('dimension_photos'),
  supplier_invoice: given('supplier_invoice'),
};

function given(type: GivenType): (file: ClaimFile) => Verdict {
  return (file) => givenDocument(type, file);
}

/** Every document that the claim needs, each as it stands: an extract is available when its facts can be cited. */
export function checkDocuments(file: ClaimFile): DocumentCheck[] {
  const { subtype, assessment } = file.claim;
  const needed = requiredDocuments[subtype].filter(
    ({ when }) => when === 'always' || assessment.value.total === null,
  );
  return needed.map(({ type }) => ({ type, ...checks[type](file) }));
}

/** All documents in one word: the worst of them. */
export function overall(documents: readonly DocumentCheck[]): DocumentCheck['status'] {
  const statuses = new Set(documents.map(({ status }) => status));
  if (statuses.has('Rejected')) return 'Rejected';
  return statuses.has('Missing') ? 'Missing' : 'Available';
}

function ledgerExtract({ claim, ledger, coverage, records }: ClaimFile): Verdict {
  const cited = claim.assessment.sources.filter(({ kind }) => kind === 'ledger');
  const known = new Set(ledger.map(({ key }) => key));
  const unknown = cited.filter(({ key }) => !known.has(key)).length;
  if (unknown > 0) return missing(`${unknown} of the ledger rows it rests on are not stored`);
  const gap = gapIn('inventory ledger', coverage.ledger);
  if (gap !== null) return missing(gap);
  const row = losingRow(claim, ledger);
  if (!row) return rejected('No cited ledger row shows the loss');
  const { quantity } = claim.assessment;
  const lost = -row.data.quantity;
  if (lost < quantity)
    return rejected(`The ledger row shows ${lost} units, ${quantity} are claimed`);
  const { unreconciledQuantity } = row.data;
  if (unreconciledQuantity !== null && Math.abs(unreconciledQuantity) < quantity) {
    const open = Math.abs(unreconciledQuantity);
    return rejected(`Amazon states ${open} unreconciled units, ${quantity} are claimed`);
  }
  return agreement({ claim, records });
}

/** Reckoned anew from the records the claim comes to what it asks: whatever does not is never filed. */
function agreement({ claim, records }: Pick<ClaimFile, 'claim' | 'records'>): Verdict {
  const { reasons } = reckon({ claim, ...records });
  return reasons.length === 0 ? AVAILABLE : { status: 'Rejected', reasons: [...reasons] };
}

/**
 * Every fact that the claim cites is stored, every report that it was read from was read whole, and what they come to is
 * what is claimed.
 */
function factsExtract({ claim, unstored, gaps, records }: ClaimFile): Verdict {
  if (unstored > 0) return missing(`${unstored} of the rows it rests on are not stored`);
  const gap = gaps[0];
  if (gap) return missing(gap);
  if (claim.assessment.sources.length === 0) return missing('It cites no row');
  return agreement({ claim, records });
}

/** That nothing was paid can be said only where the whole report was read: a missing source is never a zero. */
function absenceExtract({ claim, reimbursements, coverage }: ClaimFile): Verdict {
  const gap = gapIn('reimbursements report', coverage.reimbursements);
  if (gap !== null) return missing(gap);
  const cited = claim.assessment.sources.filter(({ kind }) => kind === 'reimbursement').length;
  const unknown = cited - reimbursements.length;
  return unknown > 0
    ? missing(`${unknown} of the payments set off against it are not stored`)
    : AVAILABLE;
}

/** The other half of a damage: the same units put into stock that is damaged at the warehouse. */
function dispositionPair({ claim, ledger }: ClaimFile): Verdict {
  const units = ledger
    .filter(({ data }) => data.quantity > 0 && MOVES_DISPOSITION.has(reasonOf(data)))
    .filter(({ data }) => isWarehouseDamaged(data.disposition))
    .reduce((sum, { data }) => sum + data.quantity, 0);
  const { quantity } = claim.assessment;
  if (units === 0) return missing('No ledger row puts the units into damaged stock');
  return units < quantity
    ? rejected(`${units} units went into damaged stock, ${quantity} are claimed`)
    : AVAILABLE;
}

const MOVES_DISPOSITION: ReadonlySet<string> = new Set(['P', 'Q']);

function isWarehouseDamaged(disposition: string): boolean {
  return (
    disposition
      .trim()
      .toUpperCase()
      .replaceAll(/[^A-Z]+/g, '_') === 'WAREHOUSE_DAMAGED'
  );
}

function gapIn(report: string, coverage: ClaimFile['coverage']['ledger']): string | null {
  if (coverage === null) return `It is not recorded how much of the ${report} was read`;
  if (coverage.state === 'complete') return null;
  const why = coverage.reason === undefined ? '' : `: ${coverage.reason}`;
  return `The ${report} was ${coverage.state === 'partial' ? 'read only in part' : 'not read'}${why}`;
}

function missing(reason: string): Verdict {
  return { status: 'Missing', reasons: [reason] };
}

function rejected(reason: string): Verdict {
  return { status: 'Rejected', reasons: [reason] };
}
