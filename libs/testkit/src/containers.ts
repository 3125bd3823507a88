import { randomBytes } from 'node:crypto';
import type { StartedTestContainer } from 'testcontainers';
import type { BareServers } from './bare-servers.js';

const POSTGRES_IMAGE = 'postgres:17-alpine';
const NATS_IMAGE = 'nats:2.12-alpine';

/** Whether a container engine answers. Loaded only when asked: the library is large. */
export async function engineAnswers(): Promise<boolean> {
  const { getContainerRuntimeClient } = await import('testcontainers');
  try {
    await getContainerRuntimeClient();
    return true;
  } catch {
    return false;
  }
}

/** Postgres and NATS as containers; the library's own reaper removes them when this process dies. */
export async function containerServers(): Promise<BareServers> {
  const [postgres, nats] = await Promise.all([postgresContainer(), natsContainer()]);
  const address = (container: StartedTestContainer, port: number): string =>
    `${container.getHost()}:${container.getMappedPort(port)}`;
  return {
    adminUrl: `postgres://postgres:${postgres.password}@${address(postgres.container, 5432)}/postgres`,
    natsUrl: `nats://${address(nats, 4222)}`,
    async [Symbol.asyncDispose]() {
      await Promise.all([postgres.container.stop(), nats.stop()]);
    },
  };
}

async function postgresContainer(): Promise<{ container: StartedTestContainer; password: string }> {
  const { GenericContainer, Wait } = await import('testcontainers');
  const password = randomBytes(18).toString('base64url');
  const container = await new GenericContainer(POSTGRES_IMAGE)
    .withEnvironment({ POSTGRES_PASSWORD: password })
    .withCommand(['postgres', '-c', 'fsync=off', '-c', 'max_connections=200', '-c', 'timezone=UTC'])
    .withExposedPorts(5432)
    // Twice: the image starts a first server for its own setup and stops it again.
    .withWaitStrategy(Wait.forLogMessage(/ready to accept connections/, 2))
    .start();
  return { container, password };
}

async function natsContainer(): Promise<StartedTestContainer> {
  const { GenericContainer, Wait } = await import('testcontainers');
  return new GenericContainer(NATS_IMAGE)
    .withCommand(['--jetstream', '--store_dir', '/data'])
    .withExposedPorts(4222)
    .withWaitStrategy(Wait.forLogMessage(/Server is ready/))
    .start();
}
