import type { DocumentFields, DocumentKind, DocumentLine } from '@recoup/contracts';
import { documentFields, documentKind, kindNames, type DocumentState } from '@recoup/domain';
import type { ClaimFile, GivenEvidence } from './claim-file.js';
import { available, missing, rejected, type GivenVerdict } from './given-verdict.js';
import { invoiceCoverage, type InvoicedUnits } from './invoice-coverage.js';

/** Kinds that people send as an invoice. */
const INSTEAD: ReadonlySet<DocumentKind> = new Set([
  'invoice',
  'pro_forma',
  'commercial_invoice',
  'order_confirmation',
  'delivery_note',
  'packing_slip',
]);

/** A signed slip of who owns or makes the goods is taken, a reseller's is not (shipment reconciliation, packing slips). */
const SIGNERS: ReadonlySet<string | null> = new Set(['brand_owner', 'manufacturer']);

/**
 * Shows that the shipped units were bought before they were sent: invoices of who sold them, naming both sides in full, not
 * younger than the shipment, and covering all units of the product that were sent.
 */
export function inboundInvoice(file: ClaimFile, given: GivenEvidence): GivenVerdict {
  const { claim } = file;
  const candidates = given.documents.filter((document) => isFor(document, file));
  const good = candidates.filter((document) => problemsOf(document).length === 0);
  const shipment = given.shipped.find(({ shipmentId }) => shipmentId === claim.subject.shipmentId);
  if (!shipment) return missing('It is not known how many units were sent in the shipment');
  const invoiced = good.flatMap((document) => invoicedOf(document, file));
  const covered = invoiceCoverage(given.shipped, invoiced).get(shipment.shipmentId);
  if (covered && covered.units === shipment.units) return available(covered.by);
  const judged = candidates.filter(isJudged);
  const reasons = [
    ...judged.flatMap((document) => problemsOf(document).map((why) => `${document.name}: ${why}`)),
    ...good.flatMap((document) => tooYoung(document, shipment.day)),
    ...(good.length > 0
      ? [
          `The invoices cover ${covered?.units ?? 0} of the ${shipment.units} units sent in ${shipment.shipmentId}`,
        ]
      : []),
  ];
  if (reasons.length > 0)
    return rejected(
      reasons,
      judged.map(({ documentId }) => documentId),
    );
  return missing(waiting(candidates) ?? 'No invoice shows that the units were bought');
}

/** Shows what a unit cost: a line of the product with its price, on an invoice from before the loss. */
export function supplierInvoice(file: ClaimFile, given: GivenEvidence): GivenVerdict {
  const { claim } = file;
  const candidates = given.documents.filter((document) => isFor(document, file));
  const good = candidates.filter((document) => problemsOf(document).length === 0);
  const priced = good.filter((document) => {
    const fields = documentFields(document);
    return (
      fields?.currency != null && linesFor(fields, file).some((line) => line.unitCost !== null)
    );
  });
  const inTime = priced.filter((one) => (documentFields(one)?.issuedOn ?? '') <= claim.lossDay);
  if (inTime.length > 0) return available(inTime.map(({ documentId }) => documentId));
  const judged = candidates.filter(isJudged);
  const reasons = [
    ...judged.flatMap((document) => problemsOf(document).map((why) => `${document.name}: ${why}`)),
    ...good.map((document) =>
      priced.includes(document)
        ? `${document.name}: it was issued after the loss on ${claim.lossDay}`
        : `${document.name}: it shows no cost of the unit`,
    ),
  ];
  if (reasons.length > 0)
    return rejected(
      reasons,
      judged.map(({ documentId }) => documentId),
    );
  return missing(
    waiting(candidates) ?? 'The value of a unit is not known, and no invoice shows its cost',
  );
}

/** One that was given for the claim, or names its product. */
function isFor(document: DocumentState, file: ClaimFile): boolean {
  const kind = documentKind(document);
  if (kind !== null && !INSTEAD.has(kind) && document.status === 'confirmed') return false;
  if (kind === 'photo' && document.status === 'read' && document.mediaType !== 'application/pdf') {
    return false; // a picture counts as an invoice on a person's word alone
  }
  const fields = documentFields(document);
  return (
    document.claims.includes(file.claim.claimId) ||
    (fields !== null && linesFor(fields, file).length > 0)
  );
}

/** What calls itself something that is never taken is refused as it is; an invoice once a person stands for its fields. */
function isJudged(document: DocumentState): boolean {
  const kind = documentKind(document);
  return (
    document.status === 'confirmed' || (kind !== null && kind !== 'invoice' && INSTEAD.has(kind))
  );
}

function waiting(candidates: readonly DocumentState[]): string | null {
  const open = candidates.find((document) => !isJudged(document));
  if (!open) return null;
  return open.status === 'uploaded'
    ? `${open.name} is still being read`
    : `${open.name} waits for you to confirm what it says`;
}

/** Why a document is no invoice that Amazon takes; empty for one that is. */
function problemsOf(document: DocumentState): string[] {
  const kind = documentKind(document);
  const fields = documentFields(document);
  if (kind === null || fields === null) return ['it is still being read'];
  if (kind === 'packing_slip') return slipProblems(document, fields);
  if (kind !== 'invoice') return [`it is ${kindNames[kind]}, which is not taken for an invoice`];
  if (document.status !== 'confirmed') return ['nobody has confirmed what it says'];
  return [
    ...(fields.issuedOn === null ? ['it shows no date'] : []),
    ...partyProblems('issued it', fields.supplier),
    ...partyProblems('bought', fields.buyer),
    ...(fields.lines.length === 0 ? ['it names no goods'] : []),
  ];
}

function slipProblems({ confirmed }: DocumentState, { issuedOn, lines }: DocumentFields): string[] {
  if (!SIGNERS.has(confirmed?.signedBy ?? null)) {
    return ['it is a packing slip that no brand owner or manufacturer signed'];
  }
  return [
    ...(issuedOn === null ? ['it shows no date'] : []),
    ...(lines.length === 0 ? ['it names no goods'] : []),
  ];
}

function partyProblems(did: string, party: DocumentFields['supplier']): string[] {
  if (party === null) return [`it does not show who ${did}`];
  return party.address === null ? [`it shows no address of who ${did}`] : [];
}

function tooYoung(document: DocumentState, day: string | null): string[] {
  const issuedOn = documentFields(document)?.issuedOn ?? null;
  if (day === null || issuedOn === null || issuedOn <= day) return [];
  return [`${document.name}: it is of ${issuedOn}, after the shipment was received from ${day} on`];
}

function invoicedOf(document: DocumentState, file: ClaimFile): InvoicedUnits[] {
  const fields = documentFields(document);
  if (!fields || fields.issuedOn === null) return [];
  const { issuedOn } = fields;
  const units = linesFor(fields, file).reduce((sum, { quantity }) => sum + (quantity ?? 0), 0);
  return units > 0 ? [{ documentId: document.documentId, issuedOn, units }] : [];
}

/**
 * The lines of the claim's product, by its FNSKU or else its SKU. Not by its ASIN alone: several products share one, and a
 * unit must not count for each of them.
 */
function linesFor(fields: DocumentFields, { claim }: ClaimFile): readonly DocumentLine[] {
  const { fnsku, sku } = claim.subject;
  return fields.lines.filter((line) =>
    line.fnsku === null ? same(line.sku, sku) : same(line.fnsku, fnsku),
  );
}

function same(a: string | null, b: string): boolean {
  return a !== null && a.trim() !== '' && a.trim().toUpperCase() === b.trim().toUpperCase();
}
