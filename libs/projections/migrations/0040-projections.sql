-- Read models: rows folded from the log, disposable, each with a checkpoint per shard that moves in the transaction of
-- the effect. All have one shape, a document per key, so that one fold and one row-level policy serve them all.
create schema rm;

create table rm.checkpoint (
  projection text not null,  -- with its version, such as claim_v1: two versions are filled side by side
  shard      smallint not null,
  position   bigint not null default 0,
  primary key (projection, shard)
) with (fillfactor = 10);

-- Rows into which an event could not be folded. They stay as they were before it, and what comes later is not folded into
-- them, until a corrected version of the projection is filled.
create table rm.stuck (
  projection text not null,
  tenant_id  text not null,
  key        text not null,
  position   bigint not null,
  error      text not null,
  since      timestamptz not null default now(),
  primary key (projection, tenant_id, key)
);

grant usage on schema rm to recoup_follow, recoup_tenant;
grant select, insert, update on rm.checkpoint to recoup_gateway_follow;
grant select on rm.checkpoint to recoup_tenant;
grant select, insert, delete on rm.stuck to recoup_gateway_follow;

-- Makes the table of a projection. `rm.<name>` is the view that readers use; another version is filled beside it and the
-- view is moved when it has caught up.
create function rm.create_projection(p_name text, p_version int) returns void language plpgsql as $$
declare
  tab text := format('%s_v%s', p_name, p_version);
begin
  execute format('create table rm.%I (
      tenant_id text not null, key text not null, doc jsonb not null, position bigint not null,
      primary key (tenant_id, key))', tab);
  execute format('alter table rm.%I enable row level security', tab);
  execute format('create policy projector on rm.%I to recoup_gateway_follow using (true) with check (true)', tab);
  execute format('create policy tenant_reads_own on rm.%I for select to recoup_tenant
      using (tenant_id = current_setting(''app.tenant_id'', true))', tab);
  execute format('grant select, insert, update, delete on rm.%I to recoup_gateway_follow', tab);
  execute format('grant select on rm.%I to recoup_tenant', tab);
  execute format('create view rm.%I with (security_invoker = true) as
      select tenant_id, key, doc, position from rm.%I', p_name, tab);
  execute format('grant select on rm.%I to recoup_gateway_follow, recoup_tenant', p_name);
end $$;
