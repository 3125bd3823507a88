-- When what has had its time was last swept from a table, by whichever instance: the sweep before is what lets the next one
-- be made once.
create schema retention;

create table retention.sweep (
  swept    text primary key, -- a table
  swept_at timestamptz not null,
  deleted  bigint not null default 0 -- by that sweep
);

grant usage on schema retention to recoup_follow;
grant select, insert, update on retention.sweep to recoup_follow;
