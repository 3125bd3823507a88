import { fileURLToPath } from 'node:url';
import {
  createDatabase,
  eventually,
  natsServer,
  spawnService,
  type SpawnedService,
  type TestDatabase,
} from '@recoup/testkit';
import { freePort } from './free-port.js';
import { SECRET } from './session-token.js';

/** What `node services/gateway/dist/main.js` runs. */
export const GATEWAY_SCRIPT = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** A database, a NATS and a port for gateway processes, one after the other. */
export interface GatewayPlace extends AsyncDisposable {
  readonly origin: string;
  readonly database: TestDatabase;
  /** Starts a process there; returns when it is ready. */
  start(): Promise<SpawnedService>;
}

export async function openGatewayPlace(
  settings: Readonly<Record<string, string>> = {},
): Promise<GatewayPlace> {
  const [database, nats, port] = await Promise.all([createDatabase(), natsServer(), freePort()]);
  const env = {
    DATABASE_URL: database.urlOf('recoup_gateway_follow'),
    DATABASE_TENANT_URL: database.urlOf('recoup_gateway_tenant'),
    NATS_URL: nats.url,
    SESSION_JWT_SECRET: SECRET,
    GATEWAY_HOST: '127.0.0.1',
    GATEWAY_PORT: String(port),
    ...settings,
  };
  return {
    origin: `http://127.0.0.1:${port}`,
    database,
    async start() {
      const service = await spawnService({ script: GATEWAY_SCRIPT, env });
      await eventually(() => service.output.includes('"msg":"ready"'), { timeoutMs: 25_000 });
      return service;
    },
    async [Symbol.asyncDispose]() {
      await nats[Symbol.asyncDispose]();
      await database.drop();
    },
  };
}
