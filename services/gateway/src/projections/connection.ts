import { evolveConnection, type ConnectionState } from '@recoup/domain';
import type { Projection } from '@recoup/projections';

/** The one row of a tenant. */
export const CONNECTION_KEY = 'amazon';

/** A tenant's connection to Amazon. */
export const connectionProjection: Projection<ConnectionState> = {
  name: 'connection',
  version: 1,
  keyOf: (event) => (event.type.startsWith('sync.amazon_') ? CONNECTION_KEY : null),
  evolve: evolveConnection,
};
