import type { NewEvent } from '@recoup/contracts';
import { newId } from '@recoup/kernel';

/** An event with nothing remarkable about it. */
export function someEvent(id: string = newId()): NewEvent {
  return {
    id,
    type: 'sync.amazon_disconnected',
    occurredAt: '2026-03-04T05:06:07.089Z',
    correlationId: 'correlation',
    causationId: null,
    actor: 'service:test',
    data: { sellingPartnerId: 'A1SELLER', purge: false },
  };
}

export function someEvents(count: number): NewEvent[] {
  return Array.from({ length: count }, () => someEvent());
}
