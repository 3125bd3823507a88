import { randomUUID } from 'node:crypto';
import { sleep } from '@recoup/kernel';
import { Kysely, PostgresDialect, sql } from 'kysely';
import type { Pool } from 'pg';

/** A repeat looks again after this long while the first one is under way, in milliseconds. */
const LOOK_AGAIN_MS = 100;

/**
 * A first one that has not answered for this long has most likely died with its process, in milliseconds: a repeat takes
 * its place. One that is only slow does no harm, since both make the same thing, which is named by the key.
 */
const LEASE_MS = 10_000;

/** One use of an idempotency key. */
export interface KeyUse {
  /** Tenant, route and key as one id: the key itself is not stored. */
  readonly id: string;
  /** For erasing all that is a tenant's. */
  readonly tenantId: string;
  /** A digest of what was asked: the same key with another request is a mistake of the client. */
  readonly fingerprint: string;
}

export interface KeptAnswer {
  readonly status: number;
  readonly body: string;
}

export type ClaimOutcome =
  | { readonly outcome: 'claimed'; readonly claim: string }
  | { readonly outcome: 'answered'; readonly answer: KeptAnswer }
  | { readonly outcome: 'reused' };

/** What requests with an idempotency key were answered, for some hours. */
export interface KeptAnswers {
  /**
   * Takes a key for a request that is about to run: of any number at one instant one gets it, and the others wait for
   * its answer. A key whose request was refused is free again.
   */
  claim(use: KeyUse): Promise<ClaimOutcome>;
  /** Keeps the answer of the request that holds the claim. */
  keep(claim: string, answer: KeptAnswer): Promise<void>;
  /** Gives the key back: nothing was created. */
  release(claim: string): Promise<void>;
  /** Erases what a tenant was answered. */
  forget(tenantId: string): Promise<void>;
}

interface KeptAnswerTable {
  id: string;
  tenant_id: string;
  fingerprint: string;
  claim: string;
  claimed_at: Date;
  status: number | null;
  body: string | null;
}

type Database = Kysely<{ 'gateway.kept_answer': KeptAnswerTable }>;

/**
 * `keepHours`: how long an answer counts; its row goes some time after. `leaseMs`: how long a claim without an answer is
 * respected.
 */
export function openKeptAnswers(pool: Pool, keepHours: number, leaseMs = LEASE_MS): KeptAnswers {
  const db: Database = new Kysely({ dialect: new PostgresDialect({ pool }) });
  return {
    async claim(use) {
      for (;;) {
        const outcome = (await take(db, use, { keepHours, leaseMs })) ?? (await look(db, use));
        if (outcome) return outcome;
        await sleep(LOOK_AGAIN_MS);
      }
    },
    async keep(claim, { status, body }) {
      await db
        .updateTable('gateway.kept_answer')
        .set({ status, body })
        .where('claim', '=', claim)
        .execute();
    },
    async release(claim) {
      await db.deleteFrom('gateway.kept_answer').where('claim', '=', claim).execute();
    },
    async forget(tenantId) {
      await db.deleteFrom('gateway.kept_answer').where('tenant_id', '=', tenantId).execute();
    },
  };
}

/** Null when another request has the key. */
async function take(
  db: Database,
  { id, tenantId, fingerprint }: KeyUse,
  { keepHours, leaseMs }: { readonly keepHours: number; readonly leaseMs: number },
): Promise<ClaimOutcome | null> {
  const claim = randomUUID();
  const { rows } = await sql`
    insert into gateway.kept_answer as kept (id, tenant_id, fingerprint, claim)
    values (${id}, ${tenantId}, ${fingerprint}, ${claim})
    on conflict (id) do update set claim = excluded.claim, claimed_at = now(),
      fingerprint = excluded.fingerprint, status = null, body = null
    where kept.claimed_at < now() - make_interval(hours => ${keepHours})
      or kept.status is null and kept.fingerprint = excluded.fingerprint
        and kept.claimed_at < now() - ${leaseMs} * interval '1 millisecond'
    returning claim`.execute(db);
  return rows.length > 0 ? { outcome: 'claimed', claim } : null;
}

/** Null while the request that has the key is under way, or when it has just given it back. */
async function look(
  db: Database,
  { id, fingerprint }: Pick<KeyUse, 'id' | 'fingerprint'>,
): Promise<ClaimOutcome | null> {
  const row = await db
    .selectFrom('gateway.kept_answer')
    .select(['fingerprint', 'status', 'body'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) return null;
  if (row.fingerprint !== fingerprint) return { outcome: 'reused' };
  const { status, body } = row;
  return status === null ? null : { outcome: 'answered', answer: { status, body: body ?? '' } };
}
