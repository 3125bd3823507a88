import type { NewEvent } from '@recoup/contracts';
import { newId } from '@recoup/kernel';

const AT = '2026-11-21T00:00:00.000Z';
const cause = { occurredAt: AT, correlationId: 'bench', causationId: null, actor: 'service:bench' };

export function requested(syncId: string): NewEvent {
  return { id: newId(), type: 'sync.requested', ...cause, data: { syncId, trigger: 'manual' } };
}

export function progressed(syncId: string): NewEvent {
  const message = 'Processing orders... 1,247 of 2,500 orders processed';
  const counts = { orders: { processed: 1247, total: 2500 } };
  const data = { syncId, resource: 'orders', window: { from: AT, to: AT }, progress: 45, message };
  return {
    id: newId(),
    type: 'sync.progressed',
    ...cause,
    data: { ...data, counts, estimatedCompletion: AT } as never,
  };
}

/** What the gateway sends for it: peers send the same. */
export const FRAME = {
  syncId: 'sync_00',
  status: 'in_progress',
  progress: 45,
  message: 'Processing orders... 1,247 of 2,500 orders processed',
  startedAt: AT,
  estimatedCompletion: AT,
  ordersProcessed: 1247,
  totalOrders: 2500,
  claimsDetected: null,
  resources: { orders: { processed: 1247, total: 2500 } },
  coverage: {},
};
