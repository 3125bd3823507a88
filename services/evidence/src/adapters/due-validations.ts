import type { RecordedEvent } from '@recoup/contracts';
import { sql } from 'kysely';
import type { Pool, PoolClient } from 'pg';
import { run, statements } from './tables.js';

/** A claim that is to be looked at, and the latest event that asked for it. */
export interface DueValidation {
  readonly claimId: string;
  readonly tenantId: string;
  readonly due: number;
  readonly eventId: string;
  readonly correlationId: string;
  readonly traceparent: string | null;
  readonly attempts: number;
}

/** Asks for a claim to be looked at. Asked again before it was, it is looked at once; asked while it is, once more. */
export async function askValidation(
  tx: PoolClient,
  claimId: string,
  event: RecordedEvent,
): Promise<void> {
  const { id, tenantId, correlationId, traceparent } = event;
  const cause = { event_id: id, correlation_id: correlationId, traceparent };
  await run(
    tx,
    statements
      .insertInto('evidence.due_validation')
      .values({ claim_id: claimId, tenant_id: tenantId, ...cause })
      .onConflict((conflict) =>
        conflict.column('claim_id').doUpdateSet({
          ...cause,
          due: sql`due_validation.due + 1`,
          attempts: 0,
          next_try: sql`now()`,
          last_error: null,
          waits_for_settings: false,
        }),
      ),
  );
}

/** Takes claims that are due, for so many seconds. Others skip them; a worker that dies gives them back by time. */
export async function leaseValidations(
  pool: Pool,
  { limit, seconds }: { readonly limit: number; readonly seconds: number },
): Promise<readonly DueValidation[]> {
  return run(
    pool,
    statements
      .with('next', (db) =>
        db
          .selectFrom('evidence.due_validation')
          .select('claim_id')
          .where('next_try', '<=', sql<Date>`now()`)
          .where('leased_until', '<=', sql<Date>`now()`)
          .orderBy('next_try')
          .limit(limit)
          .forUpdate()
          .skipLocked(),
      )
      .updateTable('evidence.due_validation as d')
      .from('next')
      .whereRef('d.claim_id', '=', 'next.claim_id')
      .set({
        leased_until: sql`now() + make_interval(secs => ${seconds})`,
        attempts: sql`d.attempts + 1`,
      })
      .returning([
        'd.claim_id as claimId',
        'd.tenant_id as tenantId',
        'd.due',
        'd.event_id as eventId',
        'd.correlation_id as correlationId',
        'd.traceparent',
        'd.attempts',
      ]),
  );
}

/** The claim has been looked at and waits for another choice of its seller, unless it was asked for in the meantime. */
export async function settleUntilChosen(
  pool: Pool,
  { claimId, due }: Pick<DueValidation, 'claimId' | 'due'>,
): Promise<void> {
  const change = { next_try: sql<Date>`'infinity'`, leased_until: sql<Date>`'-infinity'` };
  const waiting = await run(
    pool,
    statements
      .updateTable('evidence.due_validation')
      .set({ ...change, attempts: 0, waits_for_settings: true })
      .where('claim_id', '=', claimId)
      .where('due', '=', due)
      .returning('claim_id'),
  );
  if (waiting.length === 0) await release(pool, claimId);
}

/** The seller has chosen otherwise: its claims that wait for that are looked at again. */
export async function wakeForSettings(tx: PoolClient, event: RecordedEvent): Promise<void> {
  const { id, tenantId, correlationId, traceparent } = event;
  await run(
    tx,
    statements
      .updateTable('evidence.due_validation')
      .set({
        ...{ event_id: id, correlation_id: correlationId, traceparent },
        due: sql`due + 1`,
        next_try: sql`now()`,
        waits_for_settings: false,
      })
      .where('tenant_id', '=', tenantId)
      .where('waits_for_settings', '=', true),
  );
}

/** The claim has been looked at: done, unless it was asked for again in the meantime. */
export async function settleValidation(
  pool: Pool,
  { claimId, due }: Pick<DueValidation, 'claimId' | 'due'>,
): Promise<void> {
  const done = await run(
    pool,
    statements
      .deleteFrom('evidence.due_validation')
      .where('claim_id', '=', claimId)
      .where('due', '=', due)
      .returning('claim_id'),
  );
  if (done.length === 0) await release(pool, claimId);
}

/** The claim has been looked at and waits for a day: once more then, or at once where it was asked for in the meantime. */
export async function settleUntil(
  pool: Pool,
  { claimId, due }: Pick<DueValidation, 'claimId' | 'due'>,
  instant: Date,
): Promise<void> {
  const waiting = await run(
    pool,
    statements
      .updateTable('evidence.due_validation')
      .set({ next_try: instant, leased_until: sql`'-infinity'`, attempts: 0 })
      .where('claim_id', '=', claimId)
      .where('due', '=', due)
      .returning('claim_id'),
  );
  if (waiting.length === 0) await release(pool, claimId);
}

async function release(pool: Pool, claimId: string): Promise<void> {
  await run(
    pool,
    statements
      .updateTable('evidence.due_validation')
      .set({ leased_until: sql`'-infinity'` })
      .where('claim_id', '=', claimId),
  );
}

/** It failed: tried again after a while, for as long as it takes, since nothing else would look at the claim. */
export async function postponeValidation(
  pool: Pool,
  { claimId }: Pick<DueValidation, 'claimId'>,
  { delayMs, error }: { readonly delayMs: number; readonly error: string },
): Promise<void> {
  await run(
    pool,
    statements
      .updateTable('evidence.due_validation')
      .set({
        next_try: sql`now() + make_interval(secs => ${delayMs / 1000})`,
        leased_until: sql`'-infinity'`,
        last_error: error,
      })
      .where('claim_id', '=', claimId),
  );
}
