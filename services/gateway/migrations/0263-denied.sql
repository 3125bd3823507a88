-- What Amazon refused is told by month as well, beside what was filed and what it agreed to.
drop function read.recovered(text, text, text);

-- What came of claims, by month and currency, from the first to the last day given (both included; UTC): claims filed and
-- their value, claims agreed to and the sum of it, claims refused and their value, what was paid and taken back, what Amazon
-- paid by itself. A value that nobody knows counts its claim in a row without currency.
create function read.recovered(p_tenant text, p_from text, p_to text)
returns table (
  month text, currency text, filed bigint, filed_value numeric, approved bigint, approved_value numeric,
  denied bigint, denied_value numeric, paid numeric, reversed numeric, unasked numeric, in_kind bigint
) language plpgsql as $$
begin
  perform set_config('app.tenant_id', p_tenant, true);
  return query
    with filed as (
      select left(c.doc #>> '{claim,submission,submittedAt}', 10) as day,
             c.doc #> '{claim,assessment,value,total}' as sum
      from rm.claim c where c.tenant_id = p_tenant and c.doc #>> '{claim,submission,submittedAt}' is not null
    ), agreed as (
      select left(c.decided_at, 10) as day,
             case when jsonb_typeof(c.doc #> '{claim,decision,amount}') = 'object' then c.doc #> '{claim,decision,amount}'
                  when c.doc #>> '{claim,decision,outcome}' = 'approved' then c.doc #> '{claim,assessment,value,total}'
             end as sum
      from rm.claim c
      where c.tenant_id = p_tenant and c.decided_at is not null
        and c.doc #>> '{claim,decision,outcome}' in ('approved', 'partially_approved')
    ), refused as (
      select left(c.decided_at, 10) as day, c.doc #> '{claim,assessment,value,total}' as sum
      from rm.claim c where c.tenant_id = p_tenant and c.decided_at is not null and c.status = 'denied'
    ), told as (
      select f.day, f.sum ->> 'currency' as cur, 1 as filed, (f.sum ->> 'amount')::numeric as filed_value,
             0 as approved, 0::numeric as approved_value, 0 as denied, 0::numeric as denied_value, 0::numeric as paid,
             0::numeric as reversed, 0::numeric as unasked, 0 as in_kind
      from filed f
      union all
      select a.day, a.sum ->> 'currency', 0, 0, 1, (a.sum ->> 'amount')::numeric, 0, 0, 0, 0, 0, 0 from agreed a
      union all
      select r.day, r.sum ->> 'currency', 0, 0, 0, 0, 1, (r.sum ->> 'amount')::numeric, 0, 0, 0, 0 from refused r
      union all
      select p.day, p.currency, 0, 0, 0, 0, 0, 0,
             case when p.kind = 'paid' and not p.unasked then p.amount else 0 end,
             case when p.kind = 'reversed' and not p.unasked then p.amount else 0 end,
             case when not p.unasked then 0 when p.kind = 'paid' then p.amount else -p.amount end, p.in_kind
      from rm.payment p where p.tenant_id = p_tenant
    )
    select left(t.day, 7), t.cur, sum(t.filed), coalesce(sum(t.filed_value), 0), sum(t.approved),
           coalesce(sum(t.approved_value), 0), sum(t.denied), coalesce(sum(t.denied_value), 0), coalesce(sum(t.paid), 0),
           coalesce(sum(t.reversed), 0), coalesce(sum(t.unasked), 0), sum(t.in_kind)
    from told t where t.day >= p_from collate "C" and t.day <= p_to collate "C"
    group by 1, 2 order by 1, 2;
end $$;

revoke all on function read.recovered from public;
grant execute on function read.recovered to recoup_gateway_tenant;
