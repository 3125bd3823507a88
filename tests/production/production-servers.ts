import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { newBusUser } from '@recoup/bus';
import {
  makeAuthority,
  NATS_USERS,
  publicKeyVariable,
  type NatsUser,
  type ServiceName,
} from '@recoup/deploy';
import { ensureDatabase } from '@recoup/local';
import { LOGIN_ROLES, passwordVariable, roleUrl } from '@recoup/migrate';
import {
  natsCluster,
  natsServer,
  postgresServer,
  spawnService,
  type NatsCluster,
  type NatsServer,
  type PostgresServer,
} from '@recoup/testkit';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** NATS by one of the files of `infra/nats`, unchanged: addresses are given where servers are started. */
interface Shipped<N> {
  /** Copies of the stream. */
  readonly replicas: number;
  start(variables: Readonly<Record<string, string>>): Promise<N>;
}

const configured = (name: string, variables: Readonly<Record<string, string>>) => ({
  configFile: join(ROOT, 'infra/nats', name),
  variables,
});

/** As docker-compose.yml has it. */
export const ONE_SERVER: Shipped<NatsServer> = {
  replicas: 1,
  start: (variables) => natsServer(configured('nats-server.conf', variables)),
};

/** As infra/kubernetes has it. */
export const CLUSTER: Shipped<NatsCluster> = {
  replicas: 3,
  start: (variables) => natsCluster(configured('nats-cluster.conf', variables)),
};

/** Postgres and NATS as an installation has them: TLS alone, a user for each service, certificates made a moment ago. */
export interface ProductionServers<N = NatsServer> extends AsyncDisposable {
  readonly nats: N;
  /** `tls://`, by the name that the certificate has. */
  readonly natsUrl: string;
  readonly postgres: PostgresServer;
  readonly caFile: string;
  /** Of the database, as the superuser. */
  readonly adminUrl: string;
  seedOf(user: NatsUser): string;
  /** What every service's environment has in common. */
  environmentOf(service: ServiceName): Record<string, string>;
}

/** Starts them and runs the migration as an installation does, by its own program and its own user of NATS. */
export async function productionServers<N extends { readonly url: string } & AsyncDisposable>(
  shipped: Shipped<N>,
): Promise<ProductionServers<N>> {
  const folder = mkdtempSync(join(tmpdir(), 'recoup-production-'));
  const authority = makeAuthority(folder);
  const hosts = ['localhost', '127.0.0.1'];
  const seeds = new Map(NATS_USERS.map((user) => [user, newBusUser()]));
  const [postgres, nats] = await Promise.all([
    postgresServer({
      tls: {
        ...authority.issue('postgres', hosts),
        caFile: authority.caFile,
        hbaFile: join(ROOT, 'infra/postgres/pg_hba.conf'),
      },
    }),
    shipped.start({
      ...natsVariables(authority.issue('nats', hosts), seeds),
      NATS_TLS_CA: authority.caFile,
    }),
  ]);
  const adminUrl = await ensureDatabase(postgres.adminUrl, 'recoup');
  const natsUrl = nats.url.replaceAll('nats://', 'tls://');
  const seedOf = (user: NatsUser): string => seeds.get(user)?.seed ?? '';
  const passwords = new Map(LOGIN_ROLES.map((role) => [role, randomBytes(12).toString('hex')]));
  const url = (role: string): string => roleUrl(adminUrl, role, passwords.get(role) ?? '');
  const busOf = (user: NatsUser): Record<string, string> => ({
    NATS_URL: natsUrl,
    NATS_REPLICAS: String(shipped.replicas),
    NATS_CA_FILE: authority.caFile,
    NATS_NKEY_SEED: seedOf(user),
  });
  await migrate({
    ...busOf('migrate'),
    MIGRATE_DATABASE_URL: adminUrl,
    ...Object.fromEntries([...passwords].map(([role, word]) => [passwordVariable(role), word])),
  });
  return {
    nats,
    natsUrl,
    postgres,
    adminUrl,
    caFile: authority.caFile,
    seedOf,
    environmentOf: (service) => ({
      RECOUP_PROFILE: 'production',
      DATABASE_URL: url(`recoup_${service}_follow`),
      ...busOf(service),
      ...(service === 'gateway' && { DATABASE_TENANT_URL: url('recoup_gateway_tenant') }),
    }),
    async [Symbol.asyncDispose]() {
      await nats[Symbol.asyncDispose]();
      await postgres[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function natsVariables(
  { certFile, keyFile }: { certFile: string; keyFile: string },
  seeds: ReadonlyMap<NatsUser, { readonly publicKey: string }>,
): Record<string, string> {
  const variables: Record<string, string> = { NATS_TLS_CERT: certFile, NATS_TLS_KEY: keyFile };
  for (const [user, { publicKey }] of seeds) variables[publicKeyVariable(user)] = publicKey;
  return variables;
}

async function migrate(env: Record<string, string>): Promise<void> {
  const run = await spawnService({ script: join(ROOT, 'infra/migrate/dist/main.js'), env });
  const { code } = await run.exit;
  if (code !== 0) throw new Error(`the migration ended with ${code}:\n${run.output}`);
}
