import type { NewEvent } from '@recoup/contracts';
import { newId } from '@recoup/kernel';

/** The payload that every side writes: an event of the product, about 330 bytes of JSON. */
const DATA = {
  sellingPartnerId: 'A1B2C3D4E5F6G7',
  region: 'na',
  marketplaces: [
    { id: 'ATVPDKIKX0DER', country: 'US', currency: 'USD', name: 'Amazon.com' },
    { id: 'A2EUQ1WTGCTBG2', country: 'CA', currency: 'CAD', name: 'Amazon.ca' },
    { id: 'A1AM78C64UM0Y8', country: 'MX', currency: 'MXN', name: 'Amazon.com.mx' },
  ],
} as const;

export function newEvent(): NewEvent {
  return {
    id: newId(),
    type: 'sync.amazon_connected',
    occurredAt: new Date().toISOString(),
    correlationId: 'bench',
    causationId: null,
    actor: 'service:bench',
    data: { ...DATA, marketplaces: [...DATA.marketplaces] },
  };
}

export function newEvents(count: number): NewEvent[] {
  return Array.from({ length: count }, newEvent);
}
