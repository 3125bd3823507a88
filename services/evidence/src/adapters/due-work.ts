import type { RecordedEvent } from '@recoup/contracts';
import { sql } from 'kysely';
import type { Pool, PoolClient } from 'pg';
import type { AskedBy } from '../reaction.js';
import { run, statements, type DueWorkTable, type WorkKind } from './tables.js';

/** What is to be done, and to which: a claim, a document, a seller, a key of the storage. */
export interface WorkRef {
  readonly kind: WorkKind;
  readonly id: string;
}

/** Work that was taken, with the latest event that asked for it. */
export interface DueWork extends WorkRef, AskedBy {
  readonly tenantId: string;
  /** Raised by every event that asks: who was asked again in the meantime is not done. */
  readonly due: number;
  /** Tries so far, this one counted. */
  readonly attempts: number;
}

/**
 * Why work stays after it was done or tried: until an instant of the service's clock, until something else changes, or
 * because it failed.
 */
export type Stay =
  | { readonly until: Date }
  | { readonly waitsFor: NonNullable<DueWorkTable['waits_for']> }
  | { readonly delayMs: number; readonly error: string };

/** Asks for work, in the transaction of the event. Asked again before it began, it is done once; asked meanwhile, once more. */
export async function askWork(
  tx: PoolClient,
  ref: WorkRef,
  event: Pick<RecordedEvent, 'id' | 'tenantId' | 'correlationId' | 'traceparent'>,
): Promise<void> {
  const cause = causeOf(event);
  await run(
    tx,
    statements
      .insertInto('evidence.due_work')
      .values({ kind: ref.kind, id: ref.id, tenant_id: event.tenantId, ...cause })
      .onConflict((conflict) =>
        conflict.columns(['kind', 'id']).doUpdateSet({
          ...cause,
          due: sql`due_work.due + 1`,
          attempts: 0,
          next_try: sql`now()`,
          last_error: null,
          waits_for: null,
          kept_until: null,
        }),
      ),
  );
}

/** What a tenant's work waited for has come: it is done again. */
export async function wakeWork(
  tx: PoolClient,
  waitsFor: DueWorkTable['waits_for'],
  event: RecordedEvent,
): Promise<void> {
  await run(
    tx,
    statements
      .updateTable('evidence.due_work')
      .set({ ...causeOf(event), due: sql`due + 1`, next_try: sql`now()`, waits_for: null })
      .where('tenant_id', '=', event.tenantId)
      .where('waits_for', '=', waitsFor),
  );
}

/** What was kept until this instant or an earlier one is due; answers whether there was any. */
export async function wakeKept(pool: Pool, now: Date): Promise<boolean> {
  const woken = await run(
    pool,
    statements
      .updateTable('evidence.due_work')
      .set({ next_try: sql`now()`, kept_until: null })
      .where('kept_until', '<=', now)
      .returning('id'),
  );
  return woken.length > 0;
}

/** Takes what has waited longest, for so many seconds. Others skip it; a worker that dies gives it back by time. */
export async function leaseWork(
  pool: Pool,
  { kind, limit, seconds }: { kind: WorkKind; limit: number; seconds: number },
): Promise<readonly DueWork[]> {
  return run(
    pool,
    statements
      .with('next', (db) =>
        db
          .selectFrom('evidence.due_work')
          .select(['kind', 'id'])
          .where('kind', '=', kind)
          .where('next_try', '<=', sql<Date>`now()`)
          .where('leased_until', '<=', sql<Date>`now()`)
          .orderBy('next_try')
          .limit(limit)
          .forUpdate()
          .skipLocked(),
      )
      .updateTable('evidence.due_work as d')
      .from('next')
      .whereRef('d.kind', '=', 'next.kind')
      .whereRef('d.id', '=', 'next.id')
      .set({
        leased_until: sql`now() + make_interval(secs => ${seconds})`,
        attempts: sql`d.attempts + 1`,
      })
      .returning(['d.kind', 'd.id', 'd.tenant_id as tenantId', 'd.due', 'd.attempts'])
      .returning(['d.event_id as eventId', 'd.correlation_id as correlationId', 'd.traceparent']),
  );
}

/**
 * Takes it for so many seconds from now on. Only what is still taken: what was settled, kept or lost in between stays so.
 */
export async function renewWork(
  pool: Pool,
  taken: readonly DueWork[],
  seconds: number,
): Promise<void> {
  await run(
    pool,
    statements
      .updateTable('evidence.due_work')
      .set({ leased_until: sql`now() + make_interval(secs => ${seconds})` })
      .where((is) => is.or(taken.map(({ kind, id }) => is.and({ kind, id }))))
      .where('leased_until', '>', sql<Date>`now()`),
  );
}

/** It is done; where it was asked for again in the meantime, it is free to be taken at once. */
export async function settleWork(pool: Pool, work: DueWork): Promise<void> {
  const done = await run(
    pool,
    statements
      .deleteFrom('evidence.due_work')
      .where('kind', '=', work.kind)
      .where('id', '=', work.id)
      .where('due', '=', work.due)
      .returning('id'),
  );
  if (done.length === 0) await release(pool, work);
}

/** It stays, for a reason; where it was asked for again in the meantime, it is free to be taken at once. */
export async function keepWork(pool: Pool, work: DueWork, stay: Stay): Promise<void> {
  const kept = await run(
    pool,
    statements
      .updateTable('evidence.due_work')
      .set({ leased_until: sql`'-infinity'`, ...changeFor(stay) })
      .where('kind', '=', work.kind)
      .where('id', '=', work.id)
      .where('due', '=', work.due)
      .returning('id'),
  );
  if (kept.length === 0) await release(pool, work);
}

/** It is of no use any more, whoever may be at it. */
export async function dropWork(tx: PoolClient, { kind, id }: WorkRef): Promise<void> {
  await run(
    tx,
    statements.deleteFrom('evidence.due_work').where('kind', '=', kind).where('id', '=', id),
  );
}

/** Forgets all work of a tenant but what itself makes things forgotten. */
export async function forgetWork(tx: PoolClient, tenantId: string): Promise<void> {
  await run(
    tx,
    statements
      .deleteFrom('evidence.due_work')
      .where('tenant_id', '=', tenantId)
      .where('kind', '<>', 'forgetting'),
  );
}

function causeOf({
  id,
  correlationId,
  traceparent,
}: Pick<RecordedEvent, 'id' | 'correlationId' | 'traceparent'>) {
  return { event_id: id, correlation_id: correlationId, traceparent };
}

function changeFor(stay: Stay) {
  if ('until' in stay) {
    return { next_try: sql<Date>`'infinity'`, attempts: 0, kept_until: stay.until };
  }
  if ('waitsFor' in stay) {
    return { next_try: sql<Date>`'infinity'`, attempts: 0, waits_for: stay.waitsFor };
  }
  const { delayMs, error } = stay;
  return {
    next_try: sql<Date>`now() + make_interval(secs => ${delayMs / 1000})`,
    last_error: error,
  };
}

async function release(pool: Pool, { kind, id }: WorkRef): Promise<void> {
  await run(
    pool,
    statements
      .updateTable('evidence.due_work')
      .set({ leased_until: sql`'-infinity'` })
      .where('kind', '=', kind)
      .where('id', '=', id),
  );
}
