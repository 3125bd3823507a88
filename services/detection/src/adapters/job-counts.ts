import type { JobCount } from '@recoup/service-kit';
import type { Pool } from 'pg';

const COUNT = {
  name: 'detection-count-jobs',
  text: `select 'detection' as kind,
      count(*) filter (where free and next_try_at <= now())::int as waiting,
      count(*) filter (where not free)::int as running,
      count(*) filter (where free and next_try_at > now())::int as delayed,
      coalesce(extract(epoch from now() - min(greatest(created_at, next_try_at))
        filter (where free and next_try_at <= now())), 0)::float as "oldestSeconds"
    from (select *, coalesce(lease_until < now(), true) as free from detection.job where state = 'waiting') j`,
};

/** Detections that have not ended. One that stands behind an earlier one of its seller is waiting, too. */
export async function countJobs(pool: Pool): Promise<readonly JobCount[]> {
  return (await pool.query<JobCount>(COUNT)).rows;
}
