import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import type { Bus } from '@recoup/bus';
import type { EventStore } from '@recoup/event-store';
import { openService, readSettings, REDACTION } from '@recoup/service-kit';
import { createDatabase, natsServer, type NatsServer, type TestDatabase } from '@recoup/testkit';
import { pino } from 'pino';
import { settingsSchema } from '../settings.js';
import { startGateway } from '../start-gateway.js';
import { Client } from './client.js';
import { Seller } from './seller.js';
import { SECRET, sessionToken } from './session-token.js';

/** Wraps the keys of documents. */
export const DOCUMENT_KEY = Buffer.alloc(32, 5);

/** The gateway with all its parts, on a real database and a real NATS of its own. The other services are not there. */
export interface GatewayUnderTest extends AsyncDisposable {
  readonly origin: string;
  readonly store: EventStore;
  readonly bus: Bus;
  readonly nats: NatsServer;
  readonly database: TestDatabase;
  /** The folder in which documents are kept. */
  readonly storage: string;
  /** A browser that is signed in as a user whom nobody knows yet. */
  newUser(): Promise<User>;
  /** The same, with Amazon connected. */
  connectedUser(): Promise<User>;
  /** A browser with no cookie. */
  stranger(): Client;
  /** Everything logged so far. */
  logged(): string;
}

export interface User extends Client {
  readonly tenantId: string;
  /** What the other services would append for this user. */
  readonly seller: Seller;
}

/** `beside` is another gateway whose database and NATS this one shares; it must outlive this one. */
export async function openGatewayUnderTest(
  settings: Readonly<Record<string, string>> = {},
  beside?: GatewayUnderTest,
): Promise<GatewayUnderTest> {
  const [database, nats] = beside
    ? [beside.database, beside.nats]
    : await Promise.all([createDatabase(), natsServer()]);
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  const service = await openService(
    'gateway',
    {
      DATABASE_URL: database.urlOf('recoup_gateway_follow'),
      NATS_URL: nats.url,
      NATS_REPLICAS: 1,
      OPS_PORT: 0,
      LOG_LEVEL: 'info',
    },
    pino({ ...REDACTION, level: 'trace' }, sink),
  );
  const folder = beside?.storage ?? (await mkdtemp(join(tmpdir(), 'recoup-documents-')));
  const storage = pathToFileURL(folder).href;
  const origin = await startGateway(
    service,
    readSettings(settingsSchema, {
      GATEWAY_PORT: '0',
      GATEWAY_HOST: '127.0.0.1',
      DATABASE_TENANT_URL: database.urlOf('recoup_gateway_tenant'),
      SESSION_JWT_SECRET: SECRET,
      OAUTH_REDIRECT_URI: 'http://localhost:3001/api/v1/integrations/amazon/auth/callback',
      STORAGE_URL: storage,
      DOCUMENT_ENCRYPTION_KEY: DOCUMENT_KEY.toString('base64'),
      ...settings,
    }),
  );
  let users = 0;
  // A letter first: searching takes a word as the beginning of one, and a number at the end of a name is such a word.
  const run = `r${Math.random().toString(36).slice(2, 8)}`;
  const newUser = async (): Promise<User> => {
    users += 1;
    const tenantId = `user-${run}-${users}`;
    const client = new Client(origin, { session_token: await sessionToken({ sub: tenantId }) });
    return Object.assign(client, { tenantId, seller: new Seller(service.store, tenantId) });
  };
  return {
    origin,
    store: service.store,
    bus: service.bus,
    nats,
    database,
    storage: folder,
    stranger: () => new Client(origin),
    newUser,
    async connectedUser() {
      const user = await newUser();
      await user.seller.connect();
      return user;
    },
    logged: () => lines.join(''),
    async [Symbol.asyncDispose]() {
      await service.stop();
      if (beside) return;
      await nats[Symbol.asyncDispose]();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
