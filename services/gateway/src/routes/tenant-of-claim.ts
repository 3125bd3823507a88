import type { Gateway } from '../gateway.js';
import type { Session } from '../http/session.js';

/** In whose name a request speaks of a claim: an operator's in that of its seller, everybody else's in their own. */
export async function tenantOfClaim(
  { operators }: Pick<Gateway, 'operators'>,
  { isOperator, tenantId }: Session,
  claimId: string,
): Promise<string> {
  return isOperator ? ((await operators.sellerOfClaim(claimId)) ?? tenantId) : tenantId;
}
