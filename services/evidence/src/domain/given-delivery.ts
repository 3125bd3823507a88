import type { Delivery } from '@recoup/contracts';
import { answerOf, documentKind, kindNames, type DocumentState } from '@recoup/domain';
import type { ClaimFile, GivenEvidence } from './claim-file.js';
import { available, missing, rejected, type GivenVerdict } from './given-verdict.js';

/**
 * Shows that a shipment reached Amazon. What its partnered carriers bring, Amazon knows by itself: by its own charge for the
 * freight, or by the seller's word.
 */
export function deliveryProof(file: ClaimFile, given: GivenEvidence): GivenVerdict {
  const { claim } = file;
  if (given.partnered || answerOf(claim, 'partnered_carrier')?.partnered) return available([]);
  const number = answerOf(claim, 'tracking_number')?.trackingNumber;
  const parcel = number ? ` under tracking number ${number}` : '';
  return proof(file, given, `Nothing shows that the shipment was delivered${parcel}`);
}

/** Shows what became of a parcel that Amazon sent. */
export function deliveryScan(file: ClaimFile, given: GivenEvidence): GivenVerdict {
  return proof(file, given, 'Nothing shows whether the parcel arrived');
}

function proof({ claim }: ClaimFile, { documents }: GivenEvidence, nothing: string): GivenVerdict {
  const own = documents.filter(
    (document) => document.claims.includes(claim.claimId) && isOfDelivery(document),
  );
  const judged = own.filter(({ status }) => status === 'confirmed');
  const shipmentId = claim.subject.shipmentId;
  const good = judged.filter((document) => problemsOf(document, shipmentId).length === 0);
  if (good.length > 0) return available(good.map(({ documentId }) => documentId));
  const reasons = judged.flatMap((document) =>
    problemsOf(document, shipmentId).map((why) => `${document.name}: ${why}`),
  );
  if (reasons.length > 0)
    return rejected(
      reasons,
      judged.map(({ documentId }) => documentId),
    );
  const [open] = own;
  return missing(open ? `${open.name} waits for you to say what it shows` : nothing);
}

const OF_DELIVERY: ReadonlySet<string | null> = new Set([
  'bill_of_lading',
  'proof_of_delivery',
  'delivery_note',
]);

function isOfDelivery(document: DocumentState): boolean {
  return OF_DELIVERY.has(documentKind(document)) || document.confirmed?.delivery != null;
}

/** What a proof of delivery lacks (shipment reconciliation: proof of delivery), by how the goods were carried. */
function problemsOf(document: DocumentState, shipmentId: string | null): string[] {
  const kind = documentKind(document);
  if (kind === 'delivery_note')
    return [`it is ${kindNames.delivery_note}, which shows no delivery`];
  const delivery = document.confirmed?.delivery ?? null;
  if (!delivery) return ['nobody has said what it shows of the delivery'];
  const other =
    shipmentId !== null && delivery.shipmentId !== null && delivery.shipmentId !== shipmentId
      ? [`it is of shipment ${delivery.shipmentId}`]
      : [];
  return [...other, ...lacking[delivery.mode](delivery)];
}

const lacking: Readonly<Record<Delivery['mode'], (delivery: Delivery) => string[]>> = {
  parcel: ({ reference, deliveredOn }) => [
    ...lack(reference, 'tracking number'),
    ...lack(deliveredOn, 'scan of the delivery'),
  ],
  freight: ({ carrierSigned, receiverSigned, boxes, weight, appointmentId }) => [
    ...(carrierSigned ? [] : ['it bears no stamp or signature of the carrier']),
    ...(receiverSigned ? [] : ['it bears no stamp or signature of the fulfilment centre']),
    ...lack(boxes, 'number of boxes'),
    ...lack(weight, 'weight'),
    ...lack(appointmentId, 'appointment'),
  ],
  amazon_freight: ({ confirmedBy }) => lack(confirmedBy, '“Delivered Confirmed By”'),
  awd: ({ deliveredOn }) => lack(deliveredOn, 'event of the delivery'),
};

function lack(value: unknown, what: string): string[] {
  return value === null ? [`it shows no ${what}`] : [];
}
