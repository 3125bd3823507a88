import type { EventData, EventType, Prompt, RecordedEvent } from '@recoup/contracts';
import { derivedId } from '@recoup/kernel';

export const connectionData: EventData<'sync.amazon_connected'> = {
  sellingPartnerId: 'A3MAPLETRAIL02',
  region: 'na',
  marketplaces: [{ id: 'ATVPDKIKX0DER', country: 'US', currency: 'USD', name: 'Amazon.com' }],
};

export function countsOf(orders: number): EventData<'sync.completed'>['counts'] {
  return { orders: { processed: orders, total: 2500 } };
}

/** A lost-in-warehouse claim over 3 units worth 22.50 USD, unless told otherwise. */
export function claimData(
  change: Partial<EventData<'claim.detected'>> = {},
): EventData<'claim.detected'> {
  return {
    claimId: 'claim_1',
    detectionId: 'detection_1',
    claimType: 'lost_inventory',
    subtype: 'lost_warehouse',
    subject: {
      marketplaceId: 'ATVPDKIKX0DER',
      fnsku: 'X0018FNSKU',
      sku: 'BOTTLE-750',
      asin: 'B0EXAMPLE1',
      productName: 'Steel water bottle',
      facility: 'PHX7',
      orderId: null,
      shipmentId: null,
      removalOrderId: null,
      reimbursementId: null,
    },
    lossDay: '2026-08-20',
    opensOn: '2026-08-20',
    deadline: '2026-10-19',
    policy: {
      name: 'fc-lost-damaged',
      effectiveFrom: '2024-10-23',
      effectiveTo: null,
      source: 'an announcement',
    },
    needs: ['ledger', 'reimbursements'],
    quantity: 3,
    value: worth('22.50'),
    score: { modelVersion: 'warehouse-1', confidence: 0.91, intercept: 0, contributions: [] },
    tier: 'auto',
    allocation: [],
    sources: [],
    ...change,
  };
}

/** Six units between two centres, unless told otherwise. */
export function riskData(
  change: Partial<EventData<'claim.risk_noted'>> = {},
): EventData<'claim.risk_noted'> {
  return {
    riskId: 'risk_1',
    detectionId: 'detection_1',
    kind: 'transfer_in_transit',
    subject: claimData().subject,
    since: '2026-08-20',
    quantity: 6,
    reason: '6 units left PHX7 for another fulfilment centre on 2026-08-20 and arrived at none.',
    nextStep: 'Nothing yet.',
    rule: {
      name: 'transfer-in-transit',
      effectiveFrom: '2024-10-23',
      effectiveTo: null,
      source: 'a page',
    },
    lines: [],
    sources: [],
    ...change,
  };
}

export function worth(amount: string, currency = 'USD'): EventData<'claim.detected'>['value'] {
  return { basis: 'paid_history', perUnit: null, total: { amount, currency } };
}

export const UNKNOWN_VALUE = { basis: 'unknown', perUnit: null, total: null } as const;

/** The question what a unit costs, unless told otherwise. */
export function promptData(change: Partial<Prompt> = {}): Prompt {
  return {
    id: 'prompt_1',
    kind: 'unit_cost',
    question: 'What does a unit cost?',
    choices: [],
    documentType: null,
    currency: 'USD',
    ...change,
  };
}

/** Events of one tenant as the log would give them: positions and, per stream, versions count up. */
export function recorder(): <T extends EventType>(
  streamId: string,
  type: T,
  data: EventData<T>,
) => RecordedEvent {
  let position = 0;
  const versions = new Map<string, number>();
  return (streamId, type, data) => {
    position += 1;
    const streamVersion = (versions.get(streamId) ?? 0) + 1;
    versions.set(streamId, streamVersion);
    return {
      id: derivedId(streamId, type, String(position)),
      type,
      schemaVersion: 1,
      tenantId: 'tenant-1',
      shard: 3,
      position,
      streamId,
      streamVersion,
      occurredAt: new Date(Date.UTC(2026, 10, 20, 10, 0, position)).toISOString(),
      correlationId: 'c',
      causationId: null,
      actor: 'service:test',
      traceparent: null,
      data,
    } as RecordedEvent;
  };
}
