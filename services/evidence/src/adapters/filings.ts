import type { RecordedEvent } from '@recoup/contracts';
import { sql } from 'kysely';
import type { Pool, PoolClient } from 'pg';
import { casePacketSchema, type CasePacket } from '../domain/case-packet.js';
import {
  run,
  statements,
  type FilingChange,
  type FilingChannel,
  type FilingState,
} from './tables.js';

/** A filing as a worker holds it. Every write compares the fence: a worker that was overtaken changes nothing. */
export interface Filing {
  readonly idempotencyKey: string;
  readonly tenantId: string;
  readonly claimId: string;
  readonly eventId: string;
  readonly correlationId: string;
  readonly traceparent: string | null;
  readonly channel: FilingChannel;
  readonly requestedAt: Date;
  /** `calling`: a call may have gone out before. */
  readonly state: FilingState;
  readonly packet: CasePacket | null;
  readonly fence: number;
  readonly attempts: number;
  /** Whoever held it before let its lease run out: what came of a call then nobody has noted. */
  readonly interrupted: boolean;
}

/** Notes a request to file. The same request again is the same row. */
export async function openFiling(
  tx: PoolClient,
  event: RecordedEvent & { type: 'claim.submission_requested' },
): Promise<void> {
  const { claimId, idempotencyKey, quantity, channel } = event.data;
  if (channel === 'queue') return;
  await run(
    tx,
    statements
      .insertInto('evidence.filing')
      .values({
        idempotency_key: idempotencyKey,
        tenant_id: event.tenantId,
        claim_id: claimId,
        channel,
        quantity,
        event_id: event.id,
        correlation_id: event.correlationId,
        traceparent: event.traceparent,
        requested_at: event.occurredAt,
      })
      .onConflict((conflict) => conflict.doNothing()),
  );
}

/** Filings that one look reads: a backlog of held ones costs a look no more. */
const FRONT = 50;

/**
 * Takes the filing of a channel that has waited longest, for so many seconds; null when none is due. Those of a seller who
 * is held are passed over, but for what is to be looked up, which no pace holds up.
 */
export async function leaseFiling(
  pool: Pool,
  channel: FilingChannel,
  seconds: number,
): Promise<Filing | null> {
  do {
    const filing = await leaseAtFront(pool, channel, seconds);
    if (filing) return filing;
  } while ((await putOffHeld(pool, channel)) > 0);
  return null;
}

const frontOf = (channel: FilingChannel) =>
  statements
    .selectFrom('evidence.filing as w')
    .select(['w.idempotency_key', 'w.tenant_id', 'w.state', 'w.leased_until', 'w.next_try'])
    .where('w.channel', '=', channel)
    .where('w.state', 'in', ['waiting', 'calling'])
    .where('w.next_try', '<=', sql<Date>`now()`)
    .where('w.leased_until', '<=', sql<Date>`now()`)
    .orderBy('w.next_try')
    .limit(FRONT)
    .forUpdate()
    .skipLocked();

/**
 * What is due and held comes back when the hold ends: left where it is, every look would pass over the whole backlog.
 * The share of the governor's row has a hold that is just being ended wait, and then find what was put off here. Answers
 * how many there were.
 */
async function putOffHeld(pool: Pool, channel: FilingChannel): Promise<number> {
  const held = await run(
    pool,
    statements
      .with('front', () => frontOf(channel))
      .with('governed', (db) =>
        db
          .selectFrom('evidence.governor as g')
          .select(['g.tenant_id', 'g.held_until', 'g.stopped'])
          .where('g.tenant_id', 'in', db.selectFrom('front').select('front.tenant_id'))
          .where('g.held_until', '>', sql<Date>`now()`)
          .forShare(),
      )
      .updateTable('evidence.filing as f')
      .from('front')
      .innerJoin('governed', 'governed.tenant_id', 'front.tenant_id')
      .whereRef('f.idempotency_key', '=', 'front.idempotency_key')
      .where((is) => is.or([is('governed.stopped', '=', true), is('front.state', '=', 'waiting')]))
      .set((is) => ({ next_try: is.ref('governed.held_until'), put_off: true }))
      .returning('f.idempotency_key'),
  );
  return held.length;
}

async function leaseAtFront(
  pool: Pool,
  channel: FilingChannel,
  seconds: number,
): Promise<Filing | null> {
  const [row] = await run(
    pool,
    statements
      .with('front', () => frontOf(channel))
      .with('next', (db) =>
        db
          .selectFrom('front as w')
          .select(['w.idempotency_key', 'w.leased_until'])
          .where(
            sql<boolean>`not exists (select from evidence.governor g where g.tenant_id = w.tenant_id
              and g.held_until > now() and (g.stopped or w.state = 'waiting'))`,
          )
          .orderBy('w.next_try')
          .limit(1),
      )
      .updateTable('evidence.filing as f')
      .from('next')
      .whereRef('f.idempotency_key', '=', 'next.idempotency_key')
      .set({
        fence: sql`f.fence + 1`,
        attempts: sql`f.attempts + 1`,
        leased_until: inSeconds(seconds),
        put_off: false,
      })
      .returning([
        'f.idempotency_key as idempotencyKey',
        'f.tenant_id as tenantId',
        'f.claim_id as claimId',
        'f.event_id as eventId',
        'f.correlation_id as correlationId',
        'f.traceparent',
        'f.state',
        'f.channel',
        'f.requested_at as requestedAt',
        sql<boolean>`next.leased_until <> '-infinity'`.as('interrupted'),
        'f.packet',
        'f.fence',
        'f.attempts',
      ]),
  );
  if (!row) return null;
  const packet = row.packet === null ? null : casePacketSchema.parse(row.packet);
  return { ...row, requestedAt: new Date(row.requestedAt), packet };
}

export type FilingEnd =
  | { readonly state: 'filed'; readonly caseId: string }
  | { readonly state: 'handed_over' }
  | { readonly state: 'refused' | 'void'; readonly reason: string };

/** The filing is over. Its event is in the log already, and what was sent is needed no more. */
export async function endFiling(pool: Pool, filing: Filing, end: FilingEnd): Promise<boolean> {
  return changeHeld(pool, filing, {
    state: end.state,
    packet: null,
    case_id: end.state === 'filed' ? end.caseId : null,
    last_error: 'reason' in end ? end.reason : null,
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

/** How many filings of other channels than this one (null: of all) are not over. */
export async function countForsakenFilings(
  pool: Pool,
  channel: FilingChannel | null,
): Promise<number> {
  const [row] = await run(
    pool,
    statements
      .selectFrom('evidence.filing')
      .select(({ fn }) => fn.countAll<string>().as('open'))
      .where('state', 'in', ['waiting', 'calling'])
      .where(sql<boolean>`channel is distinct from ${channel}`),
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
