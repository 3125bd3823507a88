import type { JobCount } from '@recoup/service-kit';
import type { Pool } from 'pg';

const COUNT = {
  name: 'ingestion-count-jobs',
  text: `select 'sync' as kind,
      count(*) filter (where leased_until < now() and not_before <= now())::int as waiting,
      count(*) filter (where leased_until >= now())::int as running,
      count(*) filter (where leased_until < now() and not_before > now())::int as delayed,
      coalesce(extract(epoch from now() - min(greatest(requested_at, not_before))
        filter (where leased_until < now() and not_before <= now())), 0)::float as "oldestSeconds"
    from ingestion.job where state = 'open'
    union all
    select 'disconnection', count(*) filter (where d.not_before <= now())::int, 0,
      count(*) filter (where d.not_before > now())::int,
      coalesce(extract(epoch from now() - min(e.recorded_at)), 0)::float
    from ingestion.disconnection d left join log.event e on e.event_id = d.event_id
    where d.settled_at is null`,
};

/** Syncs and disconnections that have not ended. A disconnection is old by its event: it is tried again, and never given up. */
export async function countJobs(pool: Pool): Promise<readonly JobCount[]> {
  return (await pool.query<JobCount>(COUNT)).rows;
}
