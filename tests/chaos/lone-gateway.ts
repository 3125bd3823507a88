import { fileURLToPath } from 'node:url';
import { openEventStore, type EventStore } from '@recoup/event-store';
import { freePort } from '@recoup/local';
import { LOGIN_ROLES, migrate, roleUrl } from '@recoup/migrate';
import { eventually, natsServer, postgresServer, spawnService } from '@recoup/testkit';
import { Pool } from 'pg';
import { SECRET } from '../../services/gateway/src/testing/session-token.js';

/** One gateway process on a log of its own. The other services are not there: their part is appended. */
export interface LoneGateway extends AsyncDisposable {
  readonly origin: string;
  readonly store: EventStore;
}

const PASSWORD = 'chaos';

export async function startLoneGateway(): Promise<LoneGateway> {
  const [postgres, nats] = await Promise.all([postgresServer(), natsServer()]);
  const passwords = Object.fromEntries(LOGIN_ROLES.map((role) => [role, PASSWORD]));
  await migrate({ adminUrl: postgres.adminUrl, passwords });
  const urlOf = (role: string): string => roleUrl(postgres.adminUrl, role, PASSWORD);
  const port = await freePort();
  const process = await spawnService({
    script: fileURLToPath(new URL('../../services/gateway/dist/main.js', import.meta.url)),
    env: {
      DATABASE_URL: urlOf('recoup_gateway_follow'),
      DATABASE_TENANT_URL: urlOf('recoup_gateway_tenant'),
      NATS_URL: nats.url,
      SESSION_JWT_SECRET: SECRET,
      GATEWAY_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
    },
  });
  await eventually(() => process.output.includes('"msg":"ready"'), { timeoutMs: 60_000 });
  const pool = new Pool({ connectionString: urlOf('recoup_ingestion_follow'), max: 4 });
  pool.on('error', () => undefined);
  return {
    origin: `http://127.0.0.1:${port}`,
    store: openEventStore(pool),
    async [Symbol.asyncDispose]() {
      await process.stop();
      await pool.end();
      await nats[Symbol.asyncDispose]();
      await postgres[Symbol.asyncDispose]();
    },
  };
}
