import { readFileSync } from 'node:fs';
import { SERVICES } from '@recoup/deploy';
import { eventually } from '@recoup/testkit';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEventPath } from './event-path.js';
import { ONE_SERVER, productionServers, type ProductionServers } from './production-servers.js';
import { startService, startServices, type RunningServices } from './running-services.js';

let servers: ProductionServers;
let services: RunningServices;

beforeAll(async () => {
  servers = await productionServers(ONE_SERVER);
  services = await startServices(servers);
});
afterAll(async () => {
  await services[Symbol.asyncDispose]();
  await servers[Symbol.asyncDispose]();
});

describe('the services, each as its own user of both servers, by TLS alone', () => {
  it.each(SERVICES)('%s becomes ready', async (name) => {
    await services.all.get(name)!.ready();
  });

  it('they hear each other', async () => {
    const ask = () => fetch(`${services.gateway}/api/services/status`);
    await eventually(
      async () => ((await (await ask()).json()) as { status: string }).status === 'ok',
    );
  });

  it('an event goes from the log to the consumers, and is acknowledged', async () => {
    await using path = await openEventPath(servers);
    await path.appendAndWait();
  });

  it('and the servers refused none of them anything', () => {
    expect(readFileSync(servers.nats.logFile, 'utf8')).not.toMatch(/Violation/);
    const said = [...services.all.values()].map(({ process }) => process.output).join('\n');
    expect(said).not.toMatch(/permission denied|Permissions Violation/i);
  });
});

describe('what stays outside', () => {
  it('nobody speaks to Postgres in clear', async () => {
    const url = new URL(servers.environmentOf('evidence')['DATABASE_URL']!);
    url.search = '';
    const client = new Client({ connectionString: url.href });
    await expect(client.connect()).rejects.toThrow(/no pg_hba.conf entry.*no encryption/);
  });

  it('one service cannot sign in to Postgres as another', async () => {
    const url = new URL(servers.environmentOf('evidence')['DATABASE_URL']!);
    url.username = 'recoup_ingestion_follow';
    const client = new Client({ connectionString: url.href });
    await expect(client.connect()).rejects.toThrow(/password authentication failed/);
  });

  it('a server that another authority vouches for is not spoken to', async () => {
    const url = new URL(servers.environmentOf('evidence')['DATABASE_URL']!);
    url.searchParams.delete('sslrootcert');
    const client = new Client({ connectionString: url.href });
    await expect(client.connect()).rejects.toThrow(/certificate/);
  });

  it('a service that is told to go in clear ends, and names what is wrong', async () => {
    const url = new URL(servers.environmentOf('evidence')['DATABASE_URL']!);
    url.search = '';
    const clear = { DATABASE_URL: url.href, NATS_URL: servers.nats.url };
    const { process } = await startService(servers, 'evidence', clear);
    expect(await process.exit).toMatchObject({ code: 1 });
    expect(process.output).toMatch(/DATABASE_URL needs sslmode=verify-full.*NATS_URL needs tls/);
    expect(process.output).not.toContain(url.password);
  });
});
