import type { Clock } from '@recoup/kernel';
import { inTransaction } from '@recoup/service-kit';
import { openRecordVault, type KeyRing, type RecordVault } from '@recoup/vault';
import type { Pool, PoolClient } from 'pg';
import type { Database } from '../tables.js';
import { buyerInfoSchema, type BuyerInfo, type OrderBuyer } from './buyer-info.js';

/** What buyer data are sealed for; opened for anything else they stay shut. */
export const BUYER = 'amazon-buyer';

const PUT = `insert into ingestion.buyer_info (tenant_id, order_id, sealed)
  select $1, given.* from unnest($2::text[], $3::text[]) as given(order_id, sealed)
  on conflict (tenant_id, order_id) do update set sealed = excluded.sealed, stored_at = now()`;

const DROP = `delete from ingestion.buyer_info where (tenant_id, order_id) in
  (select * from unnest($1::text[], $2::text[]))`;

/** Keeps who bought, sealed order by order, each until its day. */
export interface BuyerStore {
  /** Within the transaction that stores the orders. Whose day has passed already is not stored at all. */
  keep(tx: PoolClient, tenantId: string, buyers: readonly OrderBuyer[]): Promise<void>;
  /** Null when nothing is kept of the order. Throws CannotOpen once its day has come. */
  open(tenantId: string, orderId: string): Promise<BuyerInfo | null>;
  /** Destroys what has had its day, at most so many orders; answers how many it was. Safe in many processes at once. */
  sweep(atMost: number): Promise<number>;
  /** Forgets all buyers of a tenant, within the transaction that erases the rest; the keys go with the tenant's. */
  erase(tx: PoolClient, tenantId: string): Promise<void>;
}

export interface BuyerStoreDeps {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly keys: KeyRing;
}

export function openBuyerStore({ pool, clock, keys }: BuyerStoreDeps): BuyerStore {
  const vaultOn = (db: Database): RecordVault => openRecordVault({ db, keys, clock });
  return {
    async keep(tx, tenantId, buyers) {
      const now = clock.now();
      const records = buyers
        .filter(({ keptUntil }) => keptUntil > now)
        .map(({ orderId, info, keptUntil }) => ({
          record: orderId,
          text: JSON.stringify(buyerInfoSchema.parse(info)),
          expiresAt: keptUntil,
        }));
      const sealed = await vaultOn(tx).sealAll(tenantId, BUYER, records);
      if (sealed.size > 0)
        await tx.query(PUT, [tenantId, [...sealed.keys()], [...sealed.values()]]);
    },
    async open(tenantId, orderId) {
      const { rows } = await pool.query<{ sealed: string }>(
        'select sealed from ingestion.buyer_info where tenant_id = $1 and order_id = $2',
        [tenantId, orderId],
      );
      if (!rows[0]) return null;
      const place = { tenantId, purpose: BUYER, record: orderId };
      return buyerInfoSchema.parse(JSON.parse(await vaultOn(pool).open(place, rows[0].sealed)));
    },
    sweep: (atMost) =>
      inTransaction(pool, async (tx) => {
        const gone = await vaultOn(tx).shredExpired(BUYER, atMost);
        const tenants = gone.map(({ tenantId }) => tenantId);
        const orders = gone.map(({ record }) => record);
        if (gone.length > 0) await tx.query(DROP, [tenants, orders]);
        return gone.length;
      }),
    async erase(tx, tenantId) {
      await tx.query('delete from ingestion.buyer_info where tenant_id = $1', [tenantId]);
    },
  };
}
