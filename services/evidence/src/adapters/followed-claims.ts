import type { EventData } from '@recoup/contracts';
import type { Pool, PoolClient } from 'pg';

/** A claim whose turn it is to be looked at. */
export interface FollowedClaim {
  readonly tenantId: string;
  readonly claimId: string;
  readonly caseId: string | null;
  readonly channel: string | null;
}

/** Days before the last one from which on it is thought of: the farthest notice is told fourteen days before. */
const THOUGHT_OF = 15;

/** Notes a claim that was found, or whose last day has moved. */
export async function followClaim(
  tx: PoolClient,
  tenantId: string,
  { claimId, deadline }: { readonly claimId: string; readonly deadline: string },
): Promise<void> {
  await tx.query(
    `insert into evidence.followed_claim (tenant_id, claim_id, deadline, deadline_look)
     values ($1, $2, $3, $3::date - ${THOUGHT_OF})
     on conflict (tenant_id, claim_id) do update
       set deadline = excluded.deadline, deadline_look = excluded.deadline_look`,
    [tenantId, claimId, deadline],
  );
}

/** A claim went back to a person: its last day matters again. */
export async function thinkOfDeadline(
  tx: PoolClient,
  tenantId: string,
  claimId: string,
): Promise<void> {
  await tx.query(
    `update evidence.followed_claim set deadline_look = deadline - ${THOUGHT_OF}
     where tenant_id = $1 and claim_id = $2`,
    [tenantId, claimId],
  );
}

/** A claim was filed: its answer is waited for. */
export async function awaitAnswer(
  tx: PoolClient,
  tenantId: string,
  { claimId, amazonCaseId, channel }: EventData<'claim.submitted'>,
): Promise<void> {
  await tx.query(
    `update evidence.followed_claim
     set case_id = $3, channel = $4, answer_look = now(), answer_looks = 0, deadline_look = null
     where tenant_id = $1 and claim_id = $2`,
    [tenantId, claimId, amazonCaseId, channel],
  );
}

/** Amazon has decided or paid: nothing is waited for. */
export async function stopWaiting(
  tx: PoolClient,
  tenantId: string,
  claimId: string,
): Promise<void> {
  await tx.query(
    `update evidence.followed_claim set answer_look = null, deadline_look = null
     where tenant_id = $1 and claim_id = $2`,
    [tenantId, claimId],
  );
}

/** The ids of a tenant's claims, in order, after one of them. */
export async function followedIds(
  pool: Pool,
  tenantId: string,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<readonly string[]> {
  const { rows } = await pool.query<{ claim_id: string }>(
    `select claim_id from evidence.followed_claim
     where tenant_id = $1 and claim_id > $2 order by claim_id limit $3`,
    [tenantId, after, limit],
  );
  return rows.map((row) => row.claim_id);
}

/**
 * Takes claims whose answer is due to be asked for, and puts their next look off: two seconds at first, half as long again
 * after every look, a minute at most. Others skip them.
 */
export async function takeAnswerLooks(pool: Pool, limit: number): Promise<FollowedClaim[]> {
  return taken(
    pool,
    `with next as (
       select tenant_id, claim_id from evidence.followed_claim
       where answer_look <= now() order by answer_look limit $1 for update skip locked)
     update evidence.followed_claim f
     set answer_looks = f.answer_looks + 1,
         answer_look = now() + make_interval(secs => least(60, 2 * power(1.5, least(f.answer_looks, 20))))
     from next where f.tenant_id = next.tenant_id and f.claim_id = next.claim_id
     returning f.tenant_id, f.claim_id, f.case_id, f.channel`,
    [limit],
  );
}

/** Takes claims whose last day is to be thought of by `now`, and puts the next thought off by an hour. */
export async function takeDeadlineLooks(
  pool: Pool,
  { now, limit }: { readonly now: Date; readonly limit: number },
): Promise<FollowedClaim[]> {
  return taken(
    pool,
    `with next as (
       select tenant_id, claim_id from evidence.followed_claim
       where deadline_look <= $2 order by deadline_look limit $1 for update skip locked)
     update evidence.followed_claim f set deadline_look = $2::timestamptz + interval '1 hour'
     from next where f.tenant_id = next.tenant_id and f.claim_id = next.claim_id
     returning f.tenant_id, f.claim_id, f.case_id, f.channel`,
    [limit, now],
  );
}

/** Forgets what is followed of a tenant. */
export async function forgetFollowed(tx: PoolClient, tenantId: string): Promise<void> {
  await tx.query('delete from evidence.followed_claim where tenant_id = $1', [tenantId]);
}

async function taken(
  pool: Pool,
  sql: string,
  values: readonly unknown[],
): Promise<FollowedClaim[]> {
  const { rows } = await pool.query<{
    tenant_id: string;
    claim_id: string;
    case_id: string | null;
    channel: string | null;
  }>(sql, [...values]);
  return rows.map(({ tenant_id, claim_id, case_id, channel }) => ({
    tenantId: tenant_id,
    claimId: claim_id,
    caseId: case_id,
    channel,
  }));
}
