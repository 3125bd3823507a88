-- What is worth a look and no claim. Lists and counts ask for open ones only; they stand in the index, bytewise ordered as
-- cursors compare.
select rm.create_projection('risk', 1);

alter table rm.risk_v1
  add risk_id  text collate "C" not null generated always as (key) stored,
  add noted_at text collate "C" not null generated always as (doc ->> 'notedAt') stored,
  add kind     text collate "C" not null generated always as (doc #>> '{risk,kind}') stored,
  add open     boolean not null generated always as ((doc ->> 'open')::boolean) stored;

create or replace view rm.risk with (security_invoker = true) as
  select tenant_id, key, doc, position, risk_id, noted_at, kind, open from rm.risk_v1;

create index risk_newest_first on rm.risk_v1 (tenant_id, noted_at desc, risk_id desc) include (kind) where open;

-- Open risks newest first; a null kind is any. `p_after` is the last row of the page before, as its time and id.
create function read.risks(p_tenant text, p_kind text, p_after text[], p_limit int, p_offset int)
returns table (doc jsonb) language plpgsql as $$
begin
  perform set_config('app.tenant_id', p_tenant, true);
  return query
    select r.doc from rm.risk r
    where r.tenant_id = p_tenant and r.open
      and (p_kind is null or r.kind = p_kind)
      and (p_after is null or (r.noted_at, r.risk_id) < (p_after[1], p_after[2]))
    order by r.noted_at desc, r.risk_id desc limit p_limit offset p_offset;
end $$;

create function read.risk_counts(p_tenant text) returns table (kind text, risks bigint) language plpgsql as $$
begin
  perform set_config('app.tenant_id', p_tenant, true);
  return query
    select r.kind, count(*) from rm.risk r where r.tenant_id = p_tenant and r.open group by r.kind order by r.kind;
end $$;

revoke all on function read.risks, read.risk_counts from public;
grant execute on function read.risks, read.risk_counts to recoup_gateway_tenant;
