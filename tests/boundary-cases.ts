/** One broken file for each rule: what it is called, and what it does wrong. */
export const broken: readonly { rule: string; file: string; code: string }[] = [
  {
    rule: 'arrow-kernel',
    file: 'libs/kernel/src/uses-contracts.ts',
    code: `import { streams } from '@recoup/contracts';`,
  },
  {
    rule: 'arrow-contracts',
    file: 'libs/contracts/src/uses-domain.ts',
    code: `import type { Decision } from '@recoup/domain';`,
  },
  {
    rule: 'arrow-foundations',
    file: 'libs/bus/src/uses-its-neighbour.ts',
    code: `import { openEventStore } from '@recoup/event-store';`,
  },
  {
    rule: 'arrow-flows',
    file: 'libs/facts/src/uses-its-neighbour.ts',
    code: `export { runProjector } from '@recoup/projections';`,
  },
  {
    rule: 'arrow-service-kit',
    file: 'libs/service-kit/src/uses-a-service.ts',
    code: `import { anything } from '@recoup/gateway';`,
  },
  {
    rule: 'services-meet-in-events',
    file: 'services/gateway/src/asks-ingestion.ts',
    code: `const { anything } = await import('@recoup/ingestion');`,
  },
  {
    rule: 'infra-stays-outside',
    file: 'services/gateway/src/knows-its-launcher.ts',
    code: `import { startPostgres } from '@recoup/local';`,
  },
  {
    rule: 'testkit-stays-in-tests',
    file: 'services/evidence/src/uses-testkit.ts',
    code: `import { testClock } from '@recoup/testkit';`,
  },
  {
    rule: 'product-without-tests',
    file: 'libs/vault/src/uses-a-test.ts',
    code: `import { fakeKey } from './testing/fake-key.js';`,
  },
  {
    rule: 'sandbox-is-amazon',
    file: 'infra/sandbox/src/shares-a-schema.ts',
    code: `import { ledgerFactSchema } from '@recoup/contracts';`,
  },
  {
    rule: 'front-door-only',
    file: 'libs/relay/src/reaches-inside.ts',
    code: `import { readShard } from '../../event-store/dist/index.js';`,
  },
  {
    rule: 'domain-without-io',
    file: 'libs/domain/src/reads-a-file.ts',
    code: `import { readFile } from 'node:fs/promises';`,
  },
  {
    rule: 'domain-without-io',
    file: 'services/detection/src/domain/asks-the-log.ts',
    code: `import { openEventStore } from '@recoup/event-store';`,
  },
  {
    rule: 'postgres-at-the-edge',
    file: 'services/gateway/src/http/asks-the-database.ts',
    code: `import { Pool } from 'pg';`,
  },
  {
    rule: 'postgres-at-the-edge',
    file: 'libs/bus/src/keeps-a-table.ts',
    code: `import { Kysely } from 'kysely';`,
  },
  {
    rule: 'connections-only-through-use-cases',
    file: 'services/gateway/src/http/takes-a-connection.ts',
    code: `import type { PoolClient } from 'pg';`,
  },
  {
    rule: 'nats-only-in-bus',
    file: 'libs/relay/src/publishes-by-itself.ts',
    code: `import { connect } from '@nats-io/transport-node';`,
  },
  {
    rule: 'files-only-through-storage',
    file: 'services/gateway/src/asks-a-bucket.ts',
    code: `import { S3Client } from '@aws-sdk/client-s3';`,
  },
  {
    rule: 'http-server-only-in-gateway-and-sandbox',
    file: 'services/ingestion/src/listens.ts',
    code: `import fastify from 'fastify';`,
  },
  {
    rule: 'no-cycles',
    file: 'libs/vault/src/chicken.ts',
    code: `import { egg } from './egg.js'; export const chicken = egg;`,
  },
  {
    rule: 'says-what-is-in-it',
    file: 'services/gateway/src/utils.ts',
    code: `import { newId } from '@recoup/kernel'; export const id = newId();`,
  },
  {
    rule: 'says-what-is-in-it',
    file: 'libs/vault/src/helpers/seal.ts',
    code: `import { newId } from '@recoup/kernel'; export const id = newId();`,
  },
  { rule: 'no-orphans', file: 'libs/vault/src/forgotten.ts', code: `export const dead = true;` },
  {
    rule: 'declared',
    file: 'libs/kernel/src/uses-what-others-declare.ts',
    code: `import { pino } from 'pino';`,
  },
  {
    rule: 'resolvable',
    file: 'services/detection/src/imports-a-subpath.ts',
    code: `import { kinds } from '@recoup/facts/dist/kinds.js';`,
  },
  {
    rule: 'resolvable',
    file: 'services/detection/src/imports-nothing.ts',
    code: `import { gone } from '@recoup/not-there';`,
  },
];

/** The other half of the cycle above: a cycle is reported once, at the file where it was first met. */
export const accomplice = {
  file: 'libs/vault/src/egg.ts',
  code: `import { chicken } from './chicken.js'; export const egg = chicken;`,
};

/** Files that keep the rules, as near to breaking them as may be. */
export const sound: readonly { file: string; code: string }[] = [
  {
    file: 'libs/relay/src/knows-log-and-bus.ts',
    code: `import '@recoup/event-store'; import '@recoup/bus'; import { Pool } from 'pg';`,
  },
  {
    file: 'services/evidence/src/adapters/reads-tables.ts',
    code: `import { Kysely } from 'kysely'; import '@recoup/service-kit';`,
  },
  { file: 'services/gateway/src/http/listens.ts', code: `import fastify from 'fastify';` },
  {
    file: 'services/detection/src/domain/names-a-fact.ts',
    code: `import type { Fact } from '@recoup/facts'; import '@recoup/domain';`,
  },
  {
    file: 'libs/kernel/src/starts-a-server.int.test.ts',
    code: `import '@recoup/testkit'; import { Pool } from 'pg';`,
  },
  {
    file: 'libs/vault/src/testing/fake-key.ts',
    code: `import '@recoup/testkit'; export const fakeKey = Buffer.alloc(32);`,
  },
  { file: 'infra/sandbox/src/uses-the-kernel.ts', code: `import '@recoup/kernel';` },
  {
    file: 'libs/vault/src/names-each-other.ts',
    code: `import type { back } from './names-it-back.js'; export type Name = typeof back;`,
  },
  {
    file: 'libs/vault/src/names-it-back.ts',
    code: `import type { Name } from './names-each-other.js'; export const back: Name | null = null;`,
  },
];
