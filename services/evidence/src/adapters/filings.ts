import type { RecordedEvent } from '@recoup/contracts';
import { sql } from 'kysely';
import type { Pool, PoolClient } from 'pg';
import { casePacketSchema, type CasePacket } from '../domain/case-packet.js';
import { run, statements, type FilingChange, type FilingState } from './tables.js';

/** A filing as a worker holds it. Every write compares the fence: a worker that was overtaken changes nothing. */
export interface Filing {
  readonly idempotencyKey: string;
  readonly tenantId: string;
  readonly claimId: string;
  readonly eventId: string;
  readonly correlationId: string;
  readonly traceparent: string | null;
  /** `calling`: a call may have gone out before. */
  readonly state: FilingState;
  readonly packet: CasePacket | null;
  readonly fence: number;
  readonly attempts: number;
}

/** Notes a request to file. The same request again is the same row. */
export async function openFiling(
  tx: PoolClient,
  event: RecordedEvent & { type: 'claim.submission_requested' },
): Promise<void> {
  const { claimId, idempotencyKey, quantity } = event.data;
  await run(
    tx,
    statements
      .insertInto('evidence.filing')
      .values({
        idempotency_key: idempotencyKey,
        tenant_id: event.tenantId,
        claim_id: claimId,
        quantity,
        event_id: event.id,
        correlation_id: event.correlationId,
        traceparent: event.traceparent,
        requested_at: event.occurredAt,
      })
      .onConflict((conflict) => conflict.doNothing()),
  );
}

/** Takes the filing that has waited longest, for so many seconds; null when none is due. */
export async function leaseFiling(pool: Pool, seconds: number): Promise<Filing | null> {
  const [row] = await run(
    pool,
    statements
      .with('next', (db) =>
        db
          .selectFrom('evidence.filing')
          .select('idempotency_key')
          .where('state', 'in', ['waiting', 'calling'])
          .where('next_try', '<=', sql<Date>`now()`)
          .where('leased_until', '<=', sql<Date>`now()`)
          .orderBy('next_try')
          .limit(1)
          .forUpdate()
          .skipLocked(),
      )
      .updateTable('evidence.filing as f')
      .from('next')
      .whereRef('f.idempotency_key', '=', 'next.idempotency_key')
      .set({
        fence: sql`f.fence + 1`,
        attempts: sql`f.attempts + 1`,
        leased_until: inSeconds(seconds),
      })
      .returning([
        'f.idempotency_key as idempotencyKey',
        'f.tenant_id as tenantId',
        'f.claim_id as claimId',
        'f.event_id as eventId',
        'f.correlation_id as correlationId',
        'f.traceparent',
        'f.state',
        'f.packet',
        'f.fence',
        'f.attempts',
      ]),
  );
  if (!row) return null;
  return { ...row, packet: row.packet === null ? null : casePacketSchema.parse(row.packet) };
}

/**
 * Says, before it happens, that a call goes out, and renews the lease for it. From here on the desk is asked first,
 * whoever comes next. False when another worker has taken over: then nothing may be sent.
 */
export async function markCalling(
  pool: Pool,
  filing: Filing,
  { packet, seconds }: { readonly packet: CasePacket; readonly seconds: number },
): Promise<boolean> {
  return changeHeld(pool, filing, {
    state: 'calling',
    packet: JSON.stringify(packet),
    leased_until: inSeconds(seconds),
  });
}

export type FilingEnd =
  | { readonly state: 'filed'; readonly caseId: string }
  | { readonly state: 'refused' | 'void'; readonly reason: string };

/** The filing is over. Its event is in the log already, and what was sent is needed no more. */
export async function endFiling(pool: Pool, filing: Filing, end: FilingEnd): Promise<boolean> {
  return changeHeld(pool, filing, {
    state: end.state,
    packet: null,
    case_id: end.state === 'filed' ? end.caseId : null,
    last_error: end.state === 'filed' ? null : end.reason,
    ended_at: sql`now()`,
  });
}

export interface Postponed {
  readonly delayMs: number;
  readonly reason: string;
  /** False where this try surely sent nothing: then the filing is again what it was when it was leased. */
  readonly mayBeSent: boolean;
}

/** Not decided yet: the next worker takes it after a while. */
export async function postponeFiling(
  pool: Pool,
  filing: Filing,
  { delayMs, reason, mayBeSent }: Postponed,
): Promise<boolean> {
  return changeHeld(pool, filing, {
    state: mayBeSent ? 'calling' : filing.state,
    next_try: inSeconds(delayMs / 1000),
    leased_until: sql`'-infinity'`,
    last_error: reason,
  });
}

/** How many filings are not over. */
export async function countOpenFilings(pool: Pool): Promise<number> {
  const [row] = await run(
    pool,
    statements
      .selectFrom('evidence.filing')
      .select(({ fn }) => fn.countAll<string>().as('open'))
      .where('state', 'in', ['waiting', 'calling']),
  );
  return Number(row?.open ?? 0);
}

async function changeHeld(pool: Pool, filing: Filing, change: FilingChange): Promise<boolean> {
  const changed = await run(
    pool,
    statements
      .updateTable('evidence.filing')
      .set(change)
      .where('idempotency_key', '=', filing.idempotencyKey)
      .where('fence', '=', filing.fence)
      .where('state', 'in', ['waiting', 'calling'])
      .returning('idempotency_key'),
  );
  return changed.length === 1;
}

function inSeconds(seconds: number) {
  return sql<Date>`now() + make_interval(secs => ${seconds})`;
}
