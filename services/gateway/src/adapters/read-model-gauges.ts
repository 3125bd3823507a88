import { tableName, type AnyProjection } from '@recoup/projections';
import { everySome, type Service } from '@recoup/service-kit';

/** How old an answer of the database may be, in milliseconds. */
const KEPT_MS = 5000;

/** A projection that has not begun with a shard has all of it before it. */
const BEHIND = `
  select p.projection, sum(greatest(s.head - coalesce(c.position, 0), 0)) as events
  from unnest($1::text[]) as p(projection) cross join log.shard s
  left join rm.checkpoint c on c.projection = p.projection and c.shard = s.shard
  group by p.projection`;

const STUCK = `
  select p.projection, count(s.key) as rows from unnest($1::text[]) as p(projection)
  left join rm.stuck s using (projection) group by p.projection`;

/** What the read models tell: how far behind the log they are, and rows that are stuck. */
export function addReadModelGauges(
  { metrics, pool }: Pick<Service, 'metrics' | 'pool'>,
  projections: readonly AnyProjection[],
): void {
  const names = projections.map(tableName);
  const behind = everySome(KEPT_MS, () =>
    pool.query<{ projection: string; events: string }>(BEHIND, [names]),
  );
  const stuck = everySome(KEPT_MS, () =>
    pool.query<{ projection: string; rows: string }>(STUCK, [names]),
  );
  metrics.gauge(
    {
      name: 'recoup_projection_lag_events',
      help: 'Events of the log that a projection has not folded yet, over all shards.',
      labels: ['projection'],
    },
    async () =>
      (await behind()).rows.map(({ projection, events }) => ({
        labels: { projection },
        value: Number(events),
      })),
  );
  metrics.gauge(
    {
      name: 'recoup_stuck_rows',
      help: 'Rows of a read model into which an event could not be folded: they stay as they were.',
      labels: ['projection'],
    },
    async () =>
      (await stuck()).rows.map(({ projection, rows }) => ({
        labels: { projection },
        value: Number(rows),
      })),
  );
}
