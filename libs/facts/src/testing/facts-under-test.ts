import { inTransaction } from '@recoup/event-store';
import { createDatabase } from '@recoup/testkit';
import { Pool } from 'pg';
import type { FactData, FactKind } from '../kinds.js';
import { latestBatch, streamGroups, type Fact, type FactGroup } from '../read.js';
import { recordFacts, type Recorded } from '../record.js';

/** Facts in a fresh database, signed in as ingestion is. */
export interface FactsUnderTest extends AsyncDisposable {
  readonly pool: Pool;
  /** Signs in as another service. */
  poolOf(role: string): Pool;
  /** A tenant of whom nothing is known. */
  newTenant(): string;
  /** Records in a transaction of its own, as a closed window does. */
  record<K extends FactKind>(
    tenantId: string,
    kind: K,
    rows: readonly FactData[K][],
  ): Promise<Recorded>;
  groups(tenantId: string, kinds: readonly FactKind[], asOf: number): Promise<FactGroup[]>;
  /** The facts of a kind as of a batch, or as known now. */
  factsOf(tenantId: string, kind: FactKind, asOf?: number): Promise<Fact[]>;
}

export async function openFacts(): Promise<FactsUnderTest> {
  const database = await createDatabase();
  const pools: Pool[] = [];
  const poolOf = (role: string): Pool => {
    const opened = new Pool({ connectionString: database.urlOf(role), max: 5 });
    opened.on('error', () => undefined); // the database is dropped under connections that are just closing
    pools.push(opened);
    return opened;
  };
  const pool = poolOf('recoup_ingestion_follow');
  let tenants = 0;

  const groups = async (
    tenantId: string,
    kinds: readonly FactKind[],
    asOf: number,
  ): Promise<FactGroup[]> => {
    const all: FactGroup[] = [];
    for await (const group of streamGroups(pool, { tenantId, kinds, asOf })) all.push(group);
    return all;
  };
  return {
    pool,
    poolOf,
    newTenant: () => `tenant-${(tenants += 1)}`,
    record: (tenantId, kind, rows) =>
      inTransaction(pool, (tx) => recordFacts(tx, { tenantId, syncId: 'sync_1', kind, rows })),
    groups,
    async factsOf(tenantId, kind, asOf) {
      const batch = asOf ?? (await latestBatch(pool, tenantId));
      return (await groups(tenantId, [kind], batch)).flatMap((group) => group.facts);
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(pools.map((opened) => opened.end()));
      await database[Symbol.asyncDispose]();
    },
  };
}
