import { tableName, type AnyProjection } from '@recoup/projections';
import { everySome, type Service } from '@recoup/service-kit';

/** How old an answer of the database may be, in milliseconds. */
const KEPT_MS = 5000;

/** Counting claims reads an index of all of them: once a minute is often enough for what people decide. */
const CLAIMS_KEPT_MS = 60_000;

/** A projection that has not begun with a shard has all of it before it. */
const BEHIND = `
  select p.projection, sum(greatest(s.head - coalesce(c.position, 0), 0)) as events
  from unnest($1::text[]) as p(projection) cross join log.shard s
  left join rm.checkpoint c on c.projection = p.projection and c.shard = s.shard
  group by p.projection`;

const STUCK = `
  select p.projection, count(s.key) as rows from unnest($1::text[]) as p(projection)
  left join rm.stuck s using (projection) group by p.projection`;

const CLAIMS = 'select status, tier, count(*) as claims from rm.claim group by status, tier';

/** What the read models tell: how far behind the log they are, rows that are stuck, and claims by state and tier. */
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
  const claims = everySome(CLAIMS_KEPT_MS, () =>
    pool.query<{ status: string; tier: string; claims: string }>(CLAIMS),
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
  metrics.gauge(
    {
      name: 'recoup_claims',
      help: 'Claims by status and tier, of all sellers, counted at most once a minute.',
      labels: ['status', 'tier'],
    },
    async () =>
      (await claims()).rows.map(({ status, tier, claims: value }) => ({
        labels: { status, tier },
        value: Number(value),
      })),
  );
}
