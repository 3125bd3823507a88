import {
  streams,
  type EventData,
  type EventType,
  type LedgerFact,
  type ReimbursementFact,
} from '@recoup/contracts';
import {
  authorizeSubmission,
  claimState,
  dayAtMarketplace,
  eventOf,
  fromCommand,
  isRejection,
  type ClaimState,
} from '@recoup/domain';
import type { EventStore } from '@recoup/event-store';
import { recordFacts } from '@recoup/facts';
import { inTransaction, type Service } from '@recoup/service-kit';
import type { Detected } from './detected.js';

export interface SellerOptions {
  readonly store: EventStore;
  /** Of the role that may record facts. */
  readonly facts: Service['pool'];
  readonly tenantId: string;
  readonly sellerId: string;
}

/** A connected seller whose facts were synced, and whose claims a detection finds. */
export interface Seller {
  readonly tenantId: string;
  /** Stores the facts of a sync, ends it, and starts its detection. */
  synced(facts: {
    ledger: readonly LedgerFact[];
    payments?: readonly ReimbursementFact[];
    coverage?: EventData<'sync.completed'>['coverage'];
  }): Promise<void>;
  /** The detection finds a claim. */
  detected(data: Detected): Promise<void>;
  /** The seller says: file it. Throws when that is refused. */
  authorizes(claimId: string): Promise<void>;
  append<T extends EventType>(streamId: string, type: T, data: EventData<T>): Promise<void>;
  claim(claimId: string): Promise<ClaimState>;
  /** What happened to a claim, by the names of its events. */
  story(claimId: string): Promise<string[]>;
}

const whole = { state: 'complete', from: '2025-11-21', to: '2026-11-20' } as const;

export async function openSeller(options: SellerOptions): Promise<Seller> {
  const { store, facts: pool, tenantId, sellerId } = options;
  const append: Seller['append'] = async (streamId, type, data) => {
    const cause = fromCommand('service:testing', new Date());
    const event = eventOf<typeof type>(type, data, { cause });
    const outcome = await store.append({ tenantId, streamId, expected: 'any', events: [event] });
    if (!outcome.ok) throw new Error(`${type} was not appended: ${outcome.reason}`);
  };
  const eventsOf = (claimId: string) => store.readStream(tenantId, streams.claim(claimId));

  await append(streams.connection(tenantId), 'sync.amazon_connected', {
    sellingPartnerId: sellerId,
    region: 'na',
    marketplaces: [{ id: 'ATVPDKIKX0DER', country: 'US', currency: 'USD', name: 'Amazon.com' }],
  });
  return {
    tenantId,
    append,
    async synced({ ledger, payments = [], coverage = { ledger: whole, reimbursements: whole } }) {
      const syncId = `sync_${tenantId}`;
      const factsAsOf = await inTransaction(pool, async (tx) => {
        await recordFacts(tx, { tenantId, syncId, kind: 'ledger', rows: ledger });
        const rows = payments;
        const last = await recordFacts(tx, { tenantId, syncId, kind: 'reimbursement', rows });
        return last.batchId;
      });
      const completed = { syncId, factsAsOf, counts: {}, coverage };
      await append(streams.sync(syncId), 'sync.completed', completed);
      const detectionId = detectionOf(tenantId);
      const started = { detectionId, syncId, trigger: 'sync', factsAsOf } as const;
      await append(streams.detection(detectionId), 'claim.detection_started', started);
    },
    detected: (data) =>
      append(streams.claim(data.claimId), 'claim.detected', {
        ...data,
        detectionId: detectionOf(tenantId),
      }),
    async authorizes(claimId) {
      const recorded = await eventsOf(claimId);
      const cause = fromCommand('user:testing', new Date());
      const claim = claimState(recorded);
      const today = claim && dayAtMarketplace(claim.subject.marketplaceId, cause.at);
      const events = authorizeSubmission(claim, { today }, cause);
      if (isRejection(events)) throw new Error(events.message);
      const streamId = streams.claim(claimId);
      const expected = claim?.version ?? 'absent';
      const outcome = await store.append({ tenantId, streamId, expected, events });
      if (!outcome.ok) throw new Error(`the word of the seller was lost: ${outcome.reason}`);
    },
    async claim(claimId) {
      const state = claimState(await eventsOf(claimId));
      if (!state) throw new Error(`no claim ${claimId}`);
      return state;
    },
    async story(claimId) {
      return (await eventsOf(claimId)).map(({ type }) => type.slice('claim.'.length));
    },
  };
}

export function detectionOf(tenantId: string): string {
  return `detection_${tenantId}`;
}
