import type { PoolClient } from 'pg';
import type { OrderBuyer } from './buyer-info.js';
import type { BuyerStore } from './buyer-store.js';

/** The buyers of one window, from its first page to the transaction that closes it. In memory, and nowhere else. */
export interface WindowBuyers {
  keep(buyers: readonly OrderBuyer[]): void;
  /** The window is read once more from its beginning. */
  forget(): void;
  store(tx: PoolClient): Promise<void>;
}

export function openWindowBuyers(store: BuyerStore, tenantId: string): WindowBuyers {
  let kept: OrderBuyer[] = [];
  return {
    keep: (buyers) => void kept.push(...buyers),
    forget: () => void (kept = []),
    store: (tx) => store.keep(tx, tenantId, kept),
  };
}
