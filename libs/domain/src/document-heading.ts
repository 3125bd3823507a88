import type { DocumentKind } from '@recoup/contracts';
import type { DocumentState } from './document-state.js';

/** How kinds of documents are called in sentences. */
export const kindNames: Readonly<Record<DocumentKind, string>> = {
  invoice: 'an invoice',
  pro_forma: 'a pro-forma invoice',
  commercial_invoice: 'a commercial invoice',
  order_confirmation: 'an order confirmation',
  delivery_note: 'a delivery note',
  packing_slip: 'a packing slip',
  bill_of_lading: 'a bill of lading',
  proof_of_delivery: 'a proof of delivery',
  photo: 'a photo',
  other: 'another document',
  unreadable: 'a document without readable text',
};

/** Amazon takes none of these for an invoice (shipment reconciliation: proof of inventory ownership). */
const NO_INVOICE: ReadonlySet<DocumentKind> = new Set([
  'pro_forma',
  'commercial_invoice',
  'order_confirmation',
  'delivery_note',
  'packing_slip',
]);

/**
 * Why a document cannot be taken for an invoice on a person's word: its own heading says something that Amazon refuses, and
 * would be seen there. Null where the word may stand.
 */
export function contradictsHeading(
  { reading }: Pick<DocumentState, 'reading'>,
  kind: DocumentKind,
): string | null {
  if (kind !== 'invoice' || !reading || !NO_INVOICE.has(reading.kind)) return null;
  const heading = reading.found['kind']?.text;
  const says = heading === undefined ? '' : ` (“${heading}”)`;
  return `It calls itself ${kindNames[reading.kind]}${says}, which Amazon does not take for an invoice`;
}
