export { createDatabase, UnknownRole, type TestDatabase } from './create-database.js';
export { eventually, NeverHappened, type EventuallyOptions } from './eventually.js';
export { natsCluster, type NatsCluster, type NatsNode } from './nats-cluster.js';
export { natsServer, type NatsServer, type NatsServerOptions } from './nats-server.js';
export {
  postgresServer,
  type PostgresServer,
  type PostgresServerOptions,
} from './postgres-server.js';
export { parseScrape, seriesOf, type Series } from './scraped.js';
export {
  ServerDidNotStart,
  startServerProcess,
  type ServerProcess,
  type ServerProcessOptions,
} from './server-process.js';
export { someEvent, someEvents } from './some-event.js';
export {
  spawnService,
  type Exit,
  type SpawnedService,
  type SpawnServiceOptions,
} from './spawn-service.js';
export { testClock, type TestClock } from './test-clock.js';
export { NoTestServers, startTestServers, testServers, type TestServers } from './test-servers.js';
