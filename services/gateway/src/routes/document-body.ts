import {
  deliverySchema,
  documentFieldsSchema,
  documentKindSchema,
  foundAtSchema,
  slipSignerSchema,
  type DocumentKind,
} from '@recoup/contracts';
import { documentFields, documentKind, kindNames, type DocumentState } from '@recoup/domain';
import { z } from 'zod';

export const documentSummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  uploadDate: z.string(),
  status: z.enum(['verified', 'processing', 'action-required']),
  linkedSKUs: z.array(z.string()),
  /** Null while it is being read. */
  kind: documentKindSchema.nullable(),
  /** The claims that it was given for. */
  claims: z.array(z.string()),
});

export const documentSchema = documentSummarySchema.extend({
  mediaType: z.string(),
  /** Bytes. */
  size: z.int(),
  /** What is to be done about it, or why it is of no use. */
  reasons: z.array(z.string()),
  fields: documentFieldsSchema.nullable(),
  /** Whether a person has confirmed the fields; before, they are proposed. */
  confirmed: z.boolean(),
  /** Where proposed fields were found. */
  found: z.record(z.string(), foundAtSchema),
  delivery: deliverySchema.nullable(),
  signedBy: slipSignerSchema,
});
export type DocumentBody = z.infer<typeof documentSchema>;

/** What is taken for no document that Amazon asks for. */
const OF_NO_USE: ReadonlySet<DocumentKind> = new Set([
  'pro_forma',
  'commercial_invoice',
  'order_confirmation',
  'delivery_note',
]);

export function documentSummary(state: DocumentState): z.infer<typeof documentSummarySchema> {
  const lines = documentFields(state)?.lines ?? [];
  return {
    id: state.documentId,
    name: state.name,
    uploadDate: state.uploadedAt,
    status: statusOf(state),
    linkedSKUs: [...new Set(lines.flatMap(({ sku }) => sku ?? []))],
    kind: documentKind(state),
    claims: [...state.claims],
  };
}

export function documentBody(state: DocumentState): DocumentBody {
  const { mediaType, size, confirmed, reading } = state;
  return {
    ...documentSummary(state),
    mediaType,
    size,
    reasons: reasonsOf(state),
    fields: documentFields(state),
    confirmed: confirmed !== null,
    found: reading?.found ?? {},
    delivery: confirmed?.delivery ?? null,
    signedBy: confirmed?.signedBy ?? null,
  };
}

function statusOf(state: DocumentState): 'verified' | 'processing' | 'action-required' {
  if (state.status === 'uploaded') return 'processing';
  return reasonsOf(state).length === 0 ? 'verified' : 'action-required';
}

function reasonsOf(state: DocumentState): string[] {
  const { refusal, status, reading } = state;
  if (refusal) return [refusal.message];
  const kind = documentKind(state);
  if (kind !== null && OF_NO_USE.has(kind)) {
    return [`It is ${kindNames[kind]}, which Amazon does not take as evidence.`];
  }
  if (status !== 'read' || kind === 'photo') return [];
  return ['Please confirm what it says.', ...(reading?.remarks ?? []).map((text) => `${text}.`)];
}
