import type { DocumentState } from '@recoup/domain';
import type { Gateway } from '../gateway.js';
import type { Session } from '../http/session.js';
import { currentDocument } from './current-document.js';

/** A document that a session may see the file of. */
export interface ShownDocument {
  readonly tenantId: string;
  readonly state: DocumentState;
  /** The case that it belongs to, where an operator is shown another seller's; null for one's own. */
  readonly ofCase: string | null;
}

/**
 * A seller's own document, and for an operator that of any seller whose claim rests on it: what belongs to no case is
 * nobody's but the seller's. Null for every other.
 */
export async function shownDocument(
  { streams, reads, operators }: Pick<Gateway, 'streams' | 'reads' | 'operators'>,
  { tenantId, isOperator }: Pick<Session, 'tenantId' | 'isOperator'>,
  documentId: string,
): Promise<ShownDocument | null> {
  const own = await currentDocument(streams, tenantId, documentId);
  if (own) return { tenantId, state: own, ofCase: null };
  const seller = isOperator ? await operators.sellerOfDocument(documentId) : null;
  if (seller === null || seller === tenantId) return null;
  const state = await currentDocument(streams, seller, documentId);
  const [ofCase] = state ? await reads.claimsRestingOn(seller, state) : [];
  return state && ofCase !== undefined ? { tenantId: seller, state, ofCase } : null;
}
