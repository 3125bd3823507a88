import { createDatabase, type TestDatabase } from '@recoup/testkit';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { openIngestionUnderTest, type IngestionUnderTest } from './ingestion-under-test.js';
import { startSimulatedAmazon, type SimulatedAmazon } from './simulated-amazon.js';

/** A simulated Amazon and the service at a database of its own. Readable from the hooks of the file on. */
export interface Stage {
  readonly amazon: SimulatedAmazon;
  /** An instance with the usual settings. */
  readonly sut: IngestionUnderTest;
  /** The URL of the owner of its tables. */
  readonly adminUrl: string;
  /** A further instance at the same database, with settings as they would be in the environment. */
  open(environment?: Readonly<Record<string, string>>): IngestionUnderTest;
}

/** Sets a stage for all tests of a file. What Amazon does wrong ends with the test that ordered it. */
export function stageOfFile(simulation: Parameters<typeof startSimulatedAmazon>[0]): Stage {
  let amazon: SimulatedAmazon;
  let database: TestDatabase;
  let first: IngestionUnderTest | undefined;
  const instances: IngestionUnderTest[] = [];
  const open: Stage['open'] = (environment) => {
    const url = database.urlOf('recoup_ingestion_follow');
    const instance = openIngestionUnderTest(url, amazon, environment);
    instances.push(instance);
    return instance;
  };

  beforeAll(async () => {
    [amazon, database] = await Promise.all([startSimulatedAmazon(simulation), createDatabase()]);
  });
  afterEach(() => amazon.heal());
  afterAll(async () => {
    await Promise.all(instances.map((instance) => instance[Symbol.asyncDispose]()));
    await Promise.all([amazon[Symbol.asyncDispose](), database.drop()]);
  });

  return {
    open,
    get adminUrl() {
      return database.adminUrl;
    },
    get amazon() {
      return amazon;
    },
    get sut() {
      return (first ??= open());
    },
  };
}
