-- Where each consumer stands on each shard, and what it could not digest.
create schema consumer;

create table consumer.checkpoint (
  consumer text not null,
  shard    smallint not null,
  position bigint not null,
  primary key (consumer, shard)
) with (fillfactor = 10);

-- A failing event is parked with the checkpoint that passes it; later events of its stream join it, in order, while all
-- other streams go on. The event itself stays in the log: only its place is kept here.
create table consumer.parked (
  consumer  text not null,
  shard     smallint not null,
  position  bigint not null,
  stream_id text not null,
  attempts  int not null,      -- 0: waits only because an earlier event of its stream does
  error     text,
  parked_at timestamptz not null default now(),
  next_try  timestamptz,       -- null: no more by itself, an operator decides
  primary key (consumer, shard, position)
);
create index parked_by_stream on consumer.parked (consumer, stream_id, position);

grant usage on schema consumer to recoup_follow;
grant select, insert, update on consumer.checkpoint to recoup_follow;
grant select, insert, update, delete on consumer.parked to recoup_follow;
