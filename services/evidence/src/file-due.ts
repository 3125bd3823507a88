import { inSpan, SpanKind } from '@recoup/service-kit';
import { leaseFiling } from './adapters/filings.js';
import { fileClaim, type FilingDeps } from './file-claim.js';

/** Files the claim that has waited longest; answers whether there was one. One at a time: the desk is not flooded. */
export async function fileDue(deps: FilingDeps): Promise<boolean> {
  const filing = await leaseFiling(deps.pool, deps.channel, deps.leaseSeconds);
  if (!filing) return false;
  const { traceparent: parent, tenantId, claimId } = filing;
  const attributes = { 'recoup.tenant.id': tenantId, 'recoup.claim.id': claimId };
  await inSpan('work on filing', { kind: SpanKind.CONSUMER, parent, attributes }, () =>
    fileClaim(deps, filing),
  );
  return true;
}
