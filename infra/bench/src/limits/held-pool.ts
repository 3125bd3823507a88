import { Pool, type PoolClient } from 'pg';
import type { SimulatedTimer } from './simulated-timer.js';

/** A pool under a simulated time, which stands still while a statement or a transaction runs. */
export function heldPool(databaseUrl: string, timer: SimulatedTimer): Pool {
  const pool = new Pool({ connectionString: databaseUrl, max: 12 });
  pool.on('error', () => undefined);
  const query = pool.query.bind(pool) as (...given: unknown[]) => Promise<unknown>;
  const connect = pool.connect.bind(pool) as () => Promise<PoolClient>;
  const held = {
    query: (...given: unknown[]) => timer.hold(() => query(...given)),
    connect: async (): Promise<PoolClient> => {
      const end = timer.begin();
      const client = await connect().catch((error: unknown) => {
        end();
        throw error;
      });
      const release = client.release.bind(client);
      client.release = (destroy) => {
        end();
        release(destroy);
      };
      return client;
    },
  };
  return new Proxy(pool, {
    get: (target, name) =>
      name === 'query' || name === 'connect'
        ? held[name]
        : (Reflect.get(target, name, target) as unknown),
  });
}
