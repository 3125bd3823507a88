import { z } from 'zod';
import {
  deliverySchema,
  documentFieldsSchema,
  documentKindSchema,
  foundAtSchema,
  mediaTypeSchema,
  slipSignerSchema,
} from './document-words.js';

const documentId = z.string().min(1);
/** The bytes that are meant: a document that was removed and is given again has others. */
const fileId = z.string().min(1);

/** The life of a document that a person gave. */
export const documentEvents = {
  /** Its bytes are stored, sealed. The same bytes given for another claim are the same document and the same file. */
  'claim.document_uploaded': z.object({
    documentId,
    fileId,
    /** Which of the tenant's keys sealed it: where in the log its data were last erased before, 0 for never. */
    generation: z.int().nonnegative(),
    name: z.string().min(1),
    mediaType: mediaTypeSchema,
    size: z.int().positive(),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    /** The claim that it was given for; null for none in particular. */
    forClaim: z.string().min(1).nullable(),
  }),
  /** What was found in it, as a proposal: nothing counts before a person confirmed it, but what photos need no word for. */
  'claim.document_read': z.object({
    documentId,
    fileId,
    kind: documentKindSchema,
    /** Null for an image. */
    pages: z.int().positive().nullable(),
    fields: documentFieldsSchema,
    /** Where each field was found, by its path such as `number` or `lines.0`. */
    found: z.record(z.string(), foundAtSchema),
    remarks: z.array(z.string()),
  }),
  /** A person's word for what stands in it; a later one replaces it. */
  'claim.document_confirmed': z.object({
    documentId,
    fileId,
    kind: documentKindSchema,
    fields: documentFieldsSchema,
    delivery: deliverySchema.nullable(),
    signedBy: slipSignerSchema,
  }),
  /** It is of no use, and its bytes are forgotten. */
  'claim.document_refused': z.object({
    documentId,
    fileId,
    reason: z.enum(['infected', 'not_readable']),
    message: z.string(),
  }),
  'claim.document_removed': z.object({ documentId, fileId }),
  /**
   * Somebody who is not the seller is shown a part of a case, written before a byte of it leaves. It changes neither the
   * claim nor the document, and so stands on a stream of its own.
   */
  'claim.case_opened': z.object({
    opened: z.object({
      claimId: z.string().min(1),
      /** Null for the case packet. */
      documentId: documentId.nullable(),
    }),
    how: z.enum(['view', 'download']),
  }),
} as const;
