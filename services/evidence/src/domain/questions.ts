import type { DocumentCheck } from '@recoup/contracts';
import {
  currencyAtMarketplace,
  documentsOfSellers,
  whatHappened,
  type ClaimState,
  type Question,
  type SellersDocument,
} from '@recoup/domain';

/** What one unit cost the seller; asked where only the value is missing. */
export function askUnitCost({ subject }: ClaimState): Question {
  const { productName, sku, marketplaceId } = subject;
  return {
    kind: 'unit_cost',
    question:
      `What does one unit of ${productName} (SKU ${sku}) cost you from your supplier, ` +
      'without shipping, duties and packaging?',
    currency: currencyAtMarketplace(marketplaceId),
  };
}

/** Asked where the loss itself is likely and not sure; whoever says that it is open has it filed. */
export function askWhetherSettled({ subject, subtype, assessment, lossDay }: ClaimState): Question {
  const { productName, sku } = subject;
  const units = assessment.quantity === 1 ? '1 unit' : `${assessment.quantity} units`;
  const where = subject.facility === null ? '' : ` (${subject.facility})`;
  return {
    kind: 'confirm_not_found',
    question:
      `Amazon's reports show ${units} of ${productName} (SKU ${sku}) ${whatHappened(subtype)}${where}, ${lossDay}. ` +
      'To your knowledge, is that still open: neither returned to you, nor replaced, nor paid for? ' +
      'If so, the claim is filed.',
    choices: ['yes', 'found', 'replaced', 'paid'],
  };
}

/** Decides whether a proof of delivery is needed at all: a partnered carrier tells Amazon itself. */
export function askPartneredCarrier(claim: ClaimState): Question {
  return {
    kind: 'partnered_carrier',
    question: `Did a carrier partnered with Amazon (labels bought from Amazon) bring ${shipmentOf(claim)}?`,
    choices: ['yes', 'no'],
  };
}

/** What a delivery is looked up by at its carrier. */
export function askTrackingNumber(claim: ClaimState): Question {
  return {
    kind: 'tracking_number',
    question: `What is the carrier's tracking number of ${parcelOf(claim)}? Say none if it went on pallets or you have none.`,
    choices: ['none'],
  };
}

/** What the fee should have been charged by. */
export function askMeasuredSize({ subject }: ClaimState): Question {
  const { productName, sku } = subject;
  return {
    kind: 'measured_size',
    question:
      `What does one packed unit of ${productName} (SKU ${sku}) measure and weigh? ` +
      'Give the longest, the median and the shortest side, and the weight, with their units.',
    choices: ['none'],
  };
}

/** A file, and only that one; of one that was rejected, why another is needed. */
export function askDocument(
  { subject }: ClaimState,
  { type, status, reasons }: DocumentCheck & { readonly type: SellersDocument },
): Question {
  const why = status === 'Rejected' ? ` What was given does not serve: ${reasons.join('; ')}.` : '';
  return {
    kind: 'document',
    question:
      `Please upload ${documentsOfSellers[type]}: ${subject.productName} (SKU ${subject.sku}).` +
      `${why} Say none if you have none.`,
    choices: ['none'],
    documentType: type,
  };
}

function shipmentOf({ subject: { shipmentId } }: ClaimState): string {
  return shipmentId === null ? 'this shipment' : `shipment ${shipmentId} to Amazon`;
}

function parcelOf(claim: ClaimState): string {
  const { removalOrderId } = claim.subject;
  return removalOrderId === null
    ? shipmentOf(claim)
    : `the parcel of removal order ${removalOrderId}`;
}
