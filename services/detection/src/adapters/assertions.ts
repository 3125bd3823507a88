import type { EventData } from '@recoup/contracts';
import type { Pool, PoolClient } from 'pg';
import { lossAssertionSchema, type LossAssertion } from '../domain/assertions.js';

type Asserted = EventData<'claim.loss_asserted'>;

/** Keeps what a person said, in the transaction of the event. Said again, the later word stands. */
export async function recordAssertion(
  tx: PoolClient,
  tenantId: string,
  { assertionId, ...said }: Asserted,
): Promise<void> {
  const given = Object.entries(said).filter(([, value]) => value !== null);
  await tx.query(
    `insert into detection.assertion (tenant_id, assertion_id, said) values ($1, $2, $3)
     on conflict (tenant_id, assertion_id) do update set said = excluded.said`,
    [tenantId, assertionId, JSON.stringify(Object.fromEntries(given))],
  );
}

/** What people said of a seller's units, in a fixed order. */
export async function readAssertions(
  pool: Pool,
  tenantId: string,
): Promise<readonly LossAssertion[]> {
  const { rows } = await pool.query<{ said: unknown }>(
    'select said from detection.assertion where tenant_id = $1 order by assertion_id collate "C"',
    [tenantId],
  );
  return rows.map(({ said }) => lossAssertionSchema.parse(said));
}
