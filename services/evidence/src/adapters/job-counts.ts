import type { JobCount } from '@recoup/service-kit';
import type { Pool } from 'pg';

const COUNT = {
  name: 'evidence-count-jobs',
  text: `select k.kind,
      count(*) filter (where d.leased_until <= now() and d.next_try <= now())::int as waiting,
      count(*) filter (where d.leased_until > now())::int as running,
      count(*) filter (where d.leased_until <= now() and d.next_try > now())::int as delayed,
      coalesce(extract(epoch from now() - min(d.next_try)
        filter (where d.leased_until <= now() and d.next_try <= now())), 0)::float as "oldestSeconds"
    from unnest(array['validation', 'reading', 'matching', 'forgetting']) as k(kind)
    left join evidence.due_work d using (kind) group by k.kind
    union all
    select 'filing',
      count(*) filter (where leased_until <= now() and next_try <= now())::int,
      count(*) filter (where leased_until > now())::int,
      count(*) filter (where leased_until <= now() and next_try > now())::int,
      coalesce(extract(epoch from now() - min(next_try)
        filter (where leased_until <= now() and next_try <= now())), 0)::float
    from evidence.filing where state in ('waiting', 'calling')`,
};

/** What evidence still has to do. */
export async function countJobs(pool: Pool): Promise<readonly JobCount[]> {
  return (await pool.query<JobCount>(COUNT)).rows;
}

export interface UnknownFilings {
  readonly filings: number;
  /** Of the one that was asked for first, in seconds; 0 where there is none. */
  readonly oldestSeconds: number;
}

const UNKNOWN = {
  name: 'evidence-unknown-filings',
  text: `select count(*)::int as filings,
      coalesce(extract(epoch from now() - min(requested_at)), 0)::float as "oldestSeconds"
    from evidence.filing where state = 'calling' and leased_until <= now()`,
};

/** Filings of which a call went out, and nobody knows whether it arrived. */
export async function unknownFilings(pool: Pool): Promise<UnknownFilings> {
  const { rows } = await pool.query<UnknownFilings>(UNKNOWN);
  return rows[0] ?? { filings: 0, oldestSeconds: 0 };
}
