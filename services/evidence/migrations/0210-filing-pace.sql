-- How fast the claims of a seller leave, and whether any may leave at all.
--
-- Invariants and who keeps them
--   no call that files without leave     a row of filing becomes 'calling' in the transaction that looked at the kill switch,
--                                        the cases of the day and the call before, under the lock of the seller's governor
--   a case of a day counts once          the primary key of used_case
--   a hold is never the last word        who is held is asked for again when it ends; an event may end it sooner

alter table evidence.filing add channel text not null default 'sandbox' check (channel in ('sandbox', 'webhook'));
alter table evidence.filing alter channel drop default;
alter table evidence.filing drop constraint filing_state_check;
-- handed_over: the seller's own desk has it, and tells the number of its case later.
alter table evidence.filing add constraint filing_state_check
  check (state in ('waiting', 'calling', 'filed', 'handed_over', 'refused', 'void'));
create index filing_in_the_air on evidence.filing (tenant_id) where state = 'calling';

create table evidence.governor (
  tenant_id  text primary key,
  -- No call that files may begin sooner than the spacing after this.
  last_call  timestamptz not null default '-infinity',
  -- Until then nothing of the seller is taken up; while it is stopped not even looked up.
  held_until timestamptz not null default '-infinity',
  stopped    boolean not null default false
) with (fillfactor = 70);

-- Cases that may have come about on a calendar day of their marketplace.
create table evidence.used_case (
  tenant_id       text not null,
  day             text not null,
  idempotency_key text not null,
  primary key (tenant_id, day, idempotency_key)
);

-- Whether the kill switch of a seller, or that of all, is thrown now. It reads the record itself: neither the bus nor a
-- consumer that is behind can delay it. Streams are named as in contracts; a test holds the two together.
create function evidence.is_stopped(p_tenant text) returns boolean language plpgsql stable as $$
declare
  stream record;
  last   text;
begin
  for stream in
    select s.stream_id, s.shard from log.stream s
    where s.stream_id in ('settings-' || p_tenant, 'settings-recoup:system')
  loop
    select e.type into last from log.event e
      where e.shard = stream.shard and e.stream_id = stream.stream_id
        and e.type in ('claim.kill_switch_thrown', 'claim.kill_switch_released')
      order by e.stream_version desc limit 1;
    if found and last = 'claim.kill_switch_thrown' then
      return true;
    end if;
  end loop;
  return false;
end $$;
revoke all on function evidence.is_stopped(text) from public;
grant execute on function evidence.is_stopped(text) to recoup_evidence_follow;

grant select, insert, update, delete on evidence.governor to recoup_evidence_follow;
grant select, insert, update, delete on evidence.used_case to recoup_evidence_follow;
