import type { ClaimState } from '@recoup/domain';
import { readByMember, readGroups, readGroupsOf, type Fact } from '@recoup/facts';
import type { Service } from '@recoup/service-kit';
import { documentsOf } from './adapters/documents.js';
import type { GivenEvidence } from './domain/claim-file.js';
import type { ShippedUnits } from './domain/invoice-coverage.js';

interface Asked {
  readonly tenantId: string;
  readonly claim: ClaimState;
  readonly asOf: number;
}

/** What people gave, beside the shipments that it has to cover, as the claim's detection saw them. */
export async function gatherGiven(pool: Service['pool'], asked: Asked): Promise<GivenEvidence> {
  const [documents, shipped, partnered] = await Promise.all([
    documentsOf(pool, asked.tenantId),
    asked.claim.subject.shipmentId === null ? [] : shippedOf(pool, asked),
    isPartnered(pool, asked),
  ]);
  return { documents, shipped, partnered };
}

/** All shipments of the claim's product that were sent; of one whose quantity Amazon does not tell nothing can be said. */
async function shippedOf(
  pool: Service['pool'],
  { tenantId, claim, asOf }: Asked,
): Promise<readonly ShippedUnits[]> {
  const groups = [claim.subject.fnsku];
  const items = (await readGroups(pool, { tenantId, asOf, kinds: ['inboundItem'], groups })).filter(
    (fact) => fact.kind === 'inboundItem',
  );
  const values = [...new Set(items.map(({ data }) => data.shipmentId))];
  const receipts = await readByMember(pool, { tenantId, asOf, kind: 'ledger', values });
  return values.flatMap((shipmentId) => {
    const own = items.filter(({ data }) => data.shipmentId === shipmentId);
    const units = own.reduce((sum, { data }) => sum + (data.quantityShipped ?? NaN), 0);
    if (Number.isNaN(units) || units === 0) return [];
    return [{ shipmentId, units, day: firstDay(receipts, shipmentId) }];
  });
}

function firstDay(
  receipts: readonly Extract<Fact, { readonly kind: 'ledger' }>[],
  shipmentId: string,
): string | null {
  const days = receipts
    .filter(({ data }) => data.referenceId === shipmentId && data.quantity > 0)
    .map(({ data }) => data.day)
    .sort();
  return days[0] ?? null;
}

/** Amazon charges the freight of its partnered carriers, and of nobody else. The newer generation of Finances names the shipment. */
async function isPartnered(
  pool: Service['pool'],
  { tenantId, claim, asOf }: Asked,
): Promise<boolean> {
  const { shipmentId } = claim.subject;
  if (shipmentId === null) return false;
  const fees = await readGroupsOf(pool, {
    tenantId,
    asOf,
    kind: 'transaction',
    prefix: 'ServiceFee',
  });
  return fees.some(
    ({ data }) =>
      data.identifiers?.some(
        ({ name, value }) => name === 'SHIPMENT_ID' && value === shipmentId,
      ) === true && data.amounts.some(({ type }) => type.startsWith('FBAInboundTransportation')),
  );
}
