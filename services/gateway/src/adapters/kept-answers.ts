import { randomUUID } from 'node:crypto';
import { sleep } from '@recoup/kernel';
import { run, typedStatements } from '@recoup/service-kit';
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

const statements = typedStatements<{ 'gateway.kept_answer': KeptAnswerTable }>();

/**
 * `keepHours`: how long an answer counts; its row goes some time after. `leaseMs`: how long a claim without an answer is
 * respected.
 */
export function openKeptAnswers(pool: Pool, keepHours: number, leaseMs = LEASE_MS): KeptAnswers {
  return {
    async claim(use) {
      for (;;) {
        const outcome = (await take(pool, use, { keepHours, leaseMs })) ?? (await look(pool, use));
        if (outcome) return outcome;
        await sleep(LOOK_AGAIN_MS);
      }
    },
    async keep(claim, { status, body }) {
      await run(
        pool,
        statements
          .updateTable('gateway.kept_answer')
          .set({ status, body })
          .where('claim', '=', claim),
      );
    },
    async release(claim) {
      await run(pool, statements.deleteFrom('gateway.kept_answer').where('claim', '=', claim));
    },
    async forget(tenantId) {
      await run(
        pool,
        statements.deleteFrom('gateway.kept_answer').where('tenant_id', '=', tenantId),
      );
    },
  };
}

/** Null when another request has the key. */
async function take(
  pool: Pool,
  { id, tenantId, fingerprint }: KeyUse,
  { keepHours, leaseMs }: { readonly keepHours: number; readonly leaseMs: number },
): Promise<ClaimOutcome | null> {
  const claim = randomUUID();
  const { rowCount } = await pool.query(TAKE, [
    id,
    tenantId,
    fingerprint,
    claim,
    keepHours,
    leaseMs,
  ]);
  return rowCount === 1 ? { outcome: 'claimed', claim } : null;
}

const TAKE = `
  insert into gateway.kept_answer as kept (id, tenant_id, fingerprint, claim)
  values ($1, $2, $3, $4)
  on conflict (id) do update set claim = excluded.claim, claimed_at = now(),
    fingerprint = excluded.fingerprint, status = null, body = null
  where kept.claimed_at < now() - make_interval(hours => $5)
    or kept.status is null and kept.fingerprint = excluded.fingerprint
      and kept.claimed_at < now() - $6 * interval '1 millisecond'`;

/** Null while the request that has the key is under way, or when it has just given it back. */
async function look(
  pool: Pool,
  { id, fingerprint }: Pick<KeyUse, 'id' | 'fingerprint'>,
): Promise<ClaimOutcome | null> {
  const [row] = await run(
    pool,
    statements
      .selectFrom('gateway.kept_answer')
      .select(['fingerprint', 'status', 'body'])
      .where('id', '=', id),
  );
  if (!row) return null;
  if (row.fingerprint !== fingerprint) return { outcome: 'reused' };
  const { status, body } = row;
  return status === null ? null : { outcome: 'answered', answer: { status, body: body ?? '' } };
}
