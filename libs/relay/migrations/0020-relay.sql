-- How far each shard of the log has gone out to the bus: everything up to `position` was acknowledged, without a hole.
create schema relay;

create table relay.checkpoint (
  shard    smallint primary key,
  position bigint not null default 0,
  moved_at timestamptz not null default now()
) with (fillfactor = 10);

insert into relay.checkpoint (shard) select generate_series(0, 15);

grant usage on schema relay to recoup_follow;
grant select, update on relay.checkpoint to recoup_follow;
