import type { Governor } from '@recoup/contracts';
import { filingHold, type FilingHold } from '@recoup/domain';
import { inTransaction } from '@recoup/service-kit';
import type { Pool, PoolClient } from 'pg';
import type { CasePacket } from '../domain/case-packet.js';
import { hold, isStopped } from './governor.js';
import type { Filing } from './filings.js';

/**
 * How long leave to call is good for, in milliseconds from when it was asked for. The kill switch promises that no call
 * begins later than a second after its answer: leave that was given before the switch was thrown has run out by then, and
 * whoever was held up in between (a busy machine, a slow handshake) asks again.
 */
export const PERMISSION_MS = 800;

export type Permission =
  | {
      readonly granted: true;
      /** The last moment at which the call may begin, on this process's monotonic clock (`performance.now`). */
      readonly beginBy: number;
    }
  | { readonly granted: false; readonly why: FilingHold | 'overtaken' };

export interface CallToFile {
  readonly packet: CasePacket;
  /** Seconds for which the filing then belongs to this worker. */
  readonly seconds: number;
  readonly governor: Governor;
  /** The day in the claim's marketplace, which the case counts for, and how many seconds are left of it. */
  readonly day: string;
  readonly dayLeft: number;
}

/**
 * Leave for one call that files. In one transaction under the lock of the seller's governor: the kill switch is off, the
 * day has a case left (one that this key has used already counts once), the spacing has passed, no other call of the
 * seller is in the air; then the filing is `calling` and the call counts. From here on the desk is asked first, whoever
 * comes next. What is refused for all of a seller's claims holds them all until it may be otherwise.
 */
export async function askToFile(pool: Pool, filing: Filing, call: CallToFile): Promise<Permission> {
  const asked = performance.now();
  return inTransaction(pool, async (tx) => {
    const pace = await paceOf(tx, filing, call);
    const why = filingHold({ ...pace, perDay: call.governor.perDay });
    if (why) return refuse(tx, filing, { why, seconds: secondsOf(why, pace, call) });
    if (!(await markCalling(tx, filing, call))) return { granted: false, why: 'overtaken' };
    await countCall(tx, filing, call.day);
    return { granted: true, beginBy: asked + PERMISSION_MS };
  });
}

/** Leave to look a case up: the kill switch is off, and the filing is still this worker's, for so many seconds more. */
export async function askToLookUp(
  pool: Pool,
  filing: Filing,
  seconds: number,
): Promise<Permission> {
  const asked = performance.now();
  return inTransaction(pool, async (tx) => {
    if (await isStopped(tx, filing.tenantId)) {
      return refuse(tx, filing, { why: 'kill_switch', seconds: STOPPED_SECONDS });
    }
    const { rowCount } = await tx.query(
      `update evidence.filing set leased_until = now() + make_interval(secs => $3)
       where idempotency_key = $1 and fence = $2 and state = 'calling'`,
      [filing.idempotencyKey, filing.fence, seconds],
    );
    if (rowCount !== 1) return { granted: false, why: 'overtaken' };
    return { granted: true, beginBy: asked + PERMISSION_MS };
  });
}

/** The call has ended, however it did: the spacing counts from here, so that a slow desk is not met by the next call. */
export async function noteCallEnded(pool: Pool, { tenantId }: Filing): Promise<void> {
  await pool.query(
    `update evidence.governor set last_call = greatest(last_call, clock_timestamp())
     where tenant_id = $1`,
    [tenantId],
  );
}

/** How soon a stopped seller is asked for again, in seconds: what waited goes on at once when the bus is up, and then when not. */
const STOPPED_SECONDS = 1;

/** The longest hold, in seconds: a limit that is raised while the bus is down counts no later. */
const LONGEST_HOLD = 30;

/** For how long nothing of the seller is asked for again. */
function secondsOf(why: FilingHold, pace: Pace, call: CallToFile): number {
  if (why === 'kill_switch') return STOPPED_SECONDS;
  return why === 'spacing' ? pace.wait : Math.min(call.dayLeft, LONGEST_HOLD);
}

interface Pace {
  readonly stopped: boolean;
  /** Cases of the day, without this one. */
  readonly used: number;
  /** Seconds until the next call may begin. */
  readonly wait: number;
}

async function paceOf(tx: PoolClient, filing: Filing, call: CallToFile): Promise<Pace> {
  const { tenantId, idempotencyKey } = filing;
  await tx.query('insert into evidence.governor (tenant_id) values ($1) on conflict do nothing', [
    tenantId,
  ]);
  // By itself, so that what follows sees what the holder of the lock before has written.
  await tx.query('select from evidence.governor where tenant_id = $1 for update', [tenantId]);
  const { rows } = await tx.query<{ stopped: boolean; used: string; wait: number }>(
    `select evidence.is_stopped($1) as stopped,
       (select count(*) from evidence.used_case u
        where u.tenant_id = $1 and u.day = $2 and u.idempotency_key <> $3) as used,
       case when $4 = 0 then 0
         when exists (select from evidence.filing f where f.tenant_id = $1 and f.state = 'calling'
           and f.idempotency_key <> $3 and f.leased_until > clock_timestamp()) then least($4, 1)
         when g.last_call = '-infinity' then 0
         else greatest(0, extract(epoch from g.last_call - clock_timestamp()) + $4) end::float8 as wait
     from evidence.governor g where g.tenant_id = $1`,
    [tenantId, call.day, idempotencyKey, call.governor.spacingSeconds],
  );
  const pace = rows[0];
  if (!pace) throw new Error('the row of the governor was locked and is not there');
  return { ...pace, used: Number(pace.used) };
}

async function markCalling(
  tx: PoolClient,
  filing: Filing,
  { packet, seconds }: CallToFile,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update evidence.filing
     set state = 'calling', packet = $3, leased_until = now() + make_interval(secs => $4)
     where idempotency_key = $1 and fence = $2 and state in ('waiting', 'calling')`,
    [filing.idempotencyKey, filing.fence, JSON.stringify(packet), seconds],
  );
  return rowCount === 1;
}

/** The spacing counts from the last moment at which this call may begin. */
async function countCall(tx: PoolClient, filing: Filing, day: string): Promise<void> {
  const { tenantId, idempotencyKey } = filing;
  await tx.query(
    `update evidence.governor set last_call = clock_timestamp() + make_interval(secs => $2),
       held_until = '-infinity', stopped = false where tenant_id = $1`,
    [tenantId, PERMISSION_MS / 1000],
  );
  await tx.query('insert into evidence.used_case values ($1, $2, $3) on conflict do nothing', [
    tenantId,
    day,
    idempotencyKey,
  ]);
}

async function refuse(
  tx: PoolClient,
  { tenantId }: Filing,
  { why, seconds }: { readonly why: FilingHold; readonly seconds: number },
): Promise<Permission> {
  await hold(tx, tenantId, { seconds, stopped: why === 'kill_switch' });
  return { granted: false, why };
}
