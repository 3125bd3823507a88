import { moneySchema } from '@recoup/contracts';
import { isPacketFact, packetText } from '@recoup/domain';
import { z } from 'zod';
import type { ClaimFile } from './claim-file.js';

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

/** What a case worker needs to check the claim against Amazon's own records, in the language that they are written to in. */
function caseText({ claim, records, unstored, coverage }: ClaimFile): string {
  const read = coverage.reimbursements;
  const paymentsRead = read?.state === 'complete' ? (read.to ?? null) : null;
  return packetText({ claim, facts: records.cited.filter(isPacketFact), unstored, paymentsRead });
}
