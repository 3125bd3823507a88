import { moneySchema, type LedgerFact } from '@recoup/contracts';
import { englishPacket } from '@recoup/domain';
import { z } from 'zod';
import type { Cited, ClaimFile } from './claim-file.js';

/** What is sent to the case desk: the same bytes at every try of one request. Nothing in it is about a buyer. */
export const casePacketSchema = z.object({
  sellerId: z.string().min(1),
  claimId: z.string().min(1),
  marketplaceId: z.string(),
  subtype: z.string(),
  fnsku: z.string(),
  sku: z.string(),
  asin: z.string(),
  quantity: z.int().positive(),
  lossDay: z.string(),
  deadline: z.string(),
  /** What is claimed; null where it is not known. */
  amount: moneySchema.nullable(),
  /** Amazon's own ids of what it is about: ledger references, the order, the shipment, the removal, the payment. */
  references: z.array(z.string()),
  text: z.string().min(1),
});
export type CasePacket = z.infer<typeof casePacketSchema>;

export function casePacket(sellerId: string, file: ClaimFile): CasePacket {
  const { claimId, subtype, subject, assessment } = file.claim;
  const { marketplaceId, fnsku, sku, asin } = subject;
  const { quantity } = assessment;
  const { lossDay, deadline } = file.claim;
  return {
    ...{ sellerId, claimId, marketplaceId, subtype, fnsku, sku, asin, quantity, lossDay, deadline },
    amount: assessment.value.total,
    references: referencesOf(file.claim),
    text: caseText(file),
  };
}

function referencesOf({ subject, assessment }: ClaimFile['claim']): string[] {
  const { orderId, shipmentId, removalOrderId, reimbursementId } = subject;
  const ids = [orderId, shipmentId, removalOrderId, reimbursementId];
  const lines = assessment.allocation.map(({ reference }) => reference);
  return [...new Set([...ids, ...lines].filter((id) => id !== null && id !== ''))] as string[];
}

/** What a case worker needs to check the claim against Amazon's own records, and nothing else. */
function caseText(file: ClaimFile): string {
  const { claim, ledger } = file;
  const { subject, assessment } = claim;
  return [
    englishPacket.titles[claim.subtype],
    `FNSKU ${subject.fnsku}, SKU ${subject.sku}, ASIN ${subject.asin}: ${subject.productName}`,
    `Units claimed: ${assessment.quantity}, of the loss on ${claim.lossDay}`,
    '',
    'Inventory ledger (Detailed View), rows that this rests on:',
    ...ledger.toSorted(byDay).map(ledgerLine),
    '',
    'How the units claimed follow from them:',
    ...assessment.allocation.map(
      ({ kind, day, quantity, reference }) => `- ${day} ${kind} ${quantity} (${reference})`,
    ),
    `- left: ${assessment.quantity}`,
    '',
    paymentLine(file),
    `Filed within the window of the policy ${claim.policy.name}: last day ${claim.deadline}.`,
  ].join('\n');
}

function ledgerLine({ data }: Cited<LedgerFact>): string {
  const { day, referenceId, quantity, reason, disposition, fulfillmentCenter } = data;
  return `- ${day} ${reason} ${quantity} ${disposition} at ${fulfillmentCenter}, reference ${referenceId}`;
}

function paymentLine({ claim, reimbursements, coverage }: ClaimFile): string {
  const ids = reimbursements.map(({ data }) => data.reimbursementId);
  const paid = ids.length === 0 ? 'no payment' : `only ${ids.join(', ')}`;
  const through = coverage.reimbursements?.to;
  const read = through ? `, read through ${through},` : '';
  return `The FBA Reimbursements report${read} holds ${paid} for the loss on ${claim.lossDay}.`;
}

function byDay(a: Cited<LedgerFact>, b: Cited<LedgerFact>): number {
  if (a.data.day !== b.data.day) return a.data.day < b.data.day ? -1 : 1;
  return a.key < b.key ? -1 : 1;
}
