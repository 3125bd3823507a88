import { streams, type SellerSettings } from '@recoup/contracts';
import { erasedUpTo, sellerSettings } from '@recoup/domain';
import type { EventStore } from '@recoup/event-store';

/** What a seller has chosen, as the record has it now; where it has chosen nothing, the installation's defaults. */
export async function sellerChoices(
  store: Pick<EventStore, 'readStream'>,
  tenantId: string,
  defaults: SellerSettings,
): Promise<SellerSettings> {
  const [chosen, connection] = await Promise.all([
    store.readStream(tenantId, streams.settings(tenantId)),
    store.readStream(tenantId, streams.connection(tenantId)),
  ]);
  return sellerSettings(chosen, { erasedUpTo: erasedUpTo(connection), defaults });
}
