import { readFileSync } from 'node:fs';
import { connect, nkeyAuthenticator, type NatsConnection } from '@nats-io/transport-node';
import { jetstreamManager } from '@nats-io/jetstream';
import { newBusUser } from '@recoup/bus';
import { natsUsersFile, permissionsOf, SERVICES, type NatsUser } from '@recoup/deploy';
import { eventually } from '@recoup/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ONE_SERVER, productionServers, type ProductionServers } from './production-servers.js';

let servers: ProductionServers;
const signedIn = new Map<NatsUser, Promise<SignedIn>>();

beforeAll(async () => {
  servers = await productionServers(ONE_SERVER);
});
afterAll(async () => {
  for (const user of signedIn.values()) await (await user).nats.close();
  await servers[Symbol.asyncDispose]();
});

interface SignedIn {
  readonly nats: NatsConnection;
  /** What the server said against what this client did, the newest last. */
  readonly refusals: string[];
}

/** A client of a user, without what the product wraps around it; one for each user. */
function signIn(user: NatsUser): Promise<SignedIn> {
  const known = signedIn.get(user) ?? open(user);
  signedIn.set(user, known);
  return known;
}

async function open(user: NatsUser): Promise<SignedIn> {
  const nats = await connect({
    servers: servers.natsUrl,
    tls: { caFile: servers.caFile },
    authenticator: nkeyAuthenticator(new TextEncoder().encode(servers.seedOf(user))),
    inboxPrefix: `_INBOX.recoup-${user}`,
  });
  const refusals: string[] = [];
  void (async () => {
    for await (const status of nats.status()) {
      if (status.type === 'error') refusals.push(status.error.message);
    }
  })();
  return { nats, refusals };
}

/** What the server said against something that the client did; null when it let it pass. */
async function refusalOf(
  user: NatsUser,
  act: (nats: NatsConnection) => void,
): Promise<string | null> {
  const { nats, refusals } = await signIn(user);
  refusals.length = 0;
  act(nats);
  await nats.flush(); // the server answers in order: what it has to say is here by then
  await nats.flush();
  return refusals.at(-1) ?? null;
}

it('users.conf is what the subjects of the product make it', () => {
  expect(readFileSync(new URL('../../infra/nats/users.conf', import.meta.url), 'utf8')).toBe(
    natsUsersFile(),
  );
});

describe('what nobody but the migration may do to the stream', () => {
  const calls = ['STREAM.UPDATE.EVENTS', 'STREAM.PURGE.EVENTS', 'STREAM.DELETE.EVENTS'];
  const others = ['STREAM.MSG.DELETE.EVENTS', 'STREAM.CREATE.MINE', 'STREAM.LIST', 'INFO'];
  it.each(SERVICES.flatMap((user) => [...calls, ...others].map((call) => [user, call] as const)))(
    '%s is refused $JS.API.%s',
    async (user, call) => {
      const refusal = await refusalOf(user, (nats) => nats.publish(`$JS.API.${call}`, '{}'));
      expect(refusal).toMatch(/Permissions Violation/i);
    },
  );

  it('and all of it stands after they tried', async () => {
    const manager = await jetstreamManager((await signIn('migrate')).nats, { checkAPI: false });
    expect((await manager.streams.info('EVENTS')).config.deny_delete).toBe(true);
  });
});

describe('what belongs to one service', () => {
  const hears = (subject: string) => (nats: NatsConnection) => void nats.subscribe(subject);
  const says = (subject: string) => (nats: NatsConnection) => nats.publish(subject, '{}');
  it.each<[NatsUser, string, (nats: NatsConnection) => void]>([
    ['gateway', "hear Amazon's credentials", hears('rpc.ingestion.connect')],
    ['detection', "hear Amazon's credentials", hears('rpc.ingestion.connect')],
    ['evidence', 'ask for a connection', says('rpc.ingestion.connect')],
    ['evidence', "hear the gateway's answers", hears('_INBOX.recoup-gateway.>')],
    ['evidence', "hear everybody's answers", hears('_INBOX.>')],
    ['evidence', 'hear everything', hears('>')],
    ['gateway', 'hear events past its log', hears('sync.*.*')],
    ['evidence', 'end sessions', says('gateway.session-ended')],
    ['gateway', 'tell ingestion whom to forget', says('ingestion.forget-seller')],
    ['evidence', 'answer for another service', hears('health.ingestion')],
    [
      'evidence',
      "read detection's consumer",
      says('$JS.API.CONSUMER.MSG.NEXT.EVENTS.detection-07'),
    ],
    ['evidence', "acknowledge detection's events", says('$JS.ACK.EVENTS.detection-07.1.1.1.1.0')],
    ['evidence', 'make a consumer of another name', says('$JS.API.CONSUMER.CREATE.EVENTS.spy.>')],
    ['evidence', 'delete its own consumer', says('$JS.API.CONSUMER.DELETE.EVENTS.evidence-07')],
    ['gateway', 'look into the server', hears('$SYS.>')],
    ['migrate', 'publish an event', says('sync.00.completed')],
    ['migrate', 'empty the stream', says('$JS.API.STREAM.PURGE.EVENTS')],
  ])('%s cannot %s', async (user, _, act) => {
    expect(await refusalOf(user, act)).toMatch(/Permissions Violation/i);
  });

  it.each(SERVICES.map((user) => [user]))(
    '%s may all that its part of the file says',
    async (user) => {
      const { publish, subscribe } = permissionsOf(user);
      const refusal = await refusalOf(user, (nats) => {
        for (const subject of subscribe) nats.subscribe(subject);
        // JetStream's API would act on them; what a service does with it is seen where the services run.
        const plain = publish.filter((subject) => !/^\$JS|^rpc/.test(subject));
        for (const subject of plain) nats.publish(subject.replace(/[*>]$/, 'none'), '{}');
      });
      expect(refusal).toBeNull();
    },
  );
});

describe('who is nobody', () => {
  const tls = () => ({ caFile: servers.caFile });

  it.each([
    ['without TLS', () => ({ servers: servers.nats.url, tls: null })],
    ['without the authority', () => ({ servers: servers.natsUrl })],
    ['without a key', () => ({ servers: servers.natsUrl, tls: tls() })],
  ])('%s, then it is not let in', async (_, options) => {
    await expect(connect({ ...options(), reconnect: false, timeout: 5000 })).rejects.toThrow();
  });

  it('with a key that the server does not know, then it is not let in', async () => {
    const seed = new TextEncoder().encode(newBusUser().seed);
    const options = {
      servers: servers.natsUrl,
      tls: tls(),
      authenticator: nkeyAuthenticator(seed),
    };
    await expect(connect({ ...options, reconnect: false })).rejects.toThrow(/authorization/i);
  });

  it('the server writes down whom it refused', async () => {
    const log = () => readFileSync(servers.nats.logFile, 'utf8');
    await eventually(() => /Publish Violation.*PURGE/.test(log()));
  });
});
