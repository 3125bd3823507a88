-- Takes reservation keys for a stream. Answers the first key that somebody else holds, as key and owner, having taken
-- nothing; null when all are held by the stream now.
create function log.take(p_shard smallint, p_stream text, p_keys text[]) returns text[] language plpgsql as $$
declare
  held text[];
begin
  select array[r.key, r.stream_id] into held from log.reservation r
    where r.shard = p_shard and r.key = any (p_keys) and r.stream_id <> p_stream limit 1;
  if held is not null then
    return held;
  end if;
  insert into log.reservation (shard, key, stream_id)
    select p_shard, key, p_stream from unnest(p_keys) key on conflict do nothing;
  return null;
end $$;

-- Decides the requests of a call one after the other, where a set does not do: several on one stream, reservations,
-- conflicts, repeats. Runs under the shard locks of log.append, which writes what is decided here.
--
-- In:  p_shards and the head of each; the streams of the call with their shard (an index into p_shards) and version (-1
--      for another tenant's); the requests, as log.append takes them.
-- Out: heads and versions after the call; for each request the version of its stream and the position of its shard
--      before its events (place is null where nothing is written), and the answer as log.append gives it.
create function log.decide(
  p_shards smallint[], heads bigint[], s_id text[], s_shard int[], s_version bigint[],
  r_stream int[], r_expected bigint[], r_count int[], r_first uuid[], r_last uuid[], r_twin int[],
  r_take text[], r_release text[],
  out ends bigint[], out after bigint[], out base bigint[], out place bigint[],
  out outcomes text, out versions text, out positions text, out details text
) language plpgsql as $$
declare
  outcome  smallint[];
  version  bigint[];
  pos      bigint[];
  detail   text[];
  known    boolean[]; -- the request's first event is in the log: true as a whole and in this stream, false otherwise
  known_version  bigint[];
  known_position bigint[];
  st   int; -- the request's stream and its shard
  sh   int;
  twin int;
  held text[];
begin
  select array_agg(k.same order by r.n), array_agg(k.version order by r.n), array_agg(k.position order by r.n)
    into known, known_version, known_position
    from unnest(r_stream, r_count, r_first, r_last) with ordinality r(stream, count, first, last, n)
    left join lateral (
      select f.stream_id = s_id[r.stream] and exists (
               select from log.event l where l.shard = f.shard and l.event_id = r.last
                 and l.stream_id = f.stream_id and l.stream_version = f.stream_version + r.count - 1) as same,
             f.stream_version + r.count - 1 as version, f.position + r.count - 1 as position
      from log.event f where f.shard = p_shards[s_shard[r.stream]] and f.event_id = r.first limit 1) k on true;

  ends := heads;
  after := s_version;
  for i in 1..cardinality(r_stream) loop
    st := r_stream[i];
    sh := s_shard[st];
    twin := r_twin[i];
    base[i] := null; place[i] := null; outcome[i] := 0; version[i] := null; pos[i] := null; detail[i] := '';

    if known[i] is not null then
      outcome[i] := case when known[i] then 1 else 5 end;
      version[i] := known_version[i];
      pos[i] := known_position[i];
    elsif place[twin] is not null then -- the same events, written a moment ago by this very call
      outcome[i] := case when r_stream[twin] = st and r_last[twin] = r_last[i] then 1 else 5 end;
      version[i] := base[twin] + r_count[twin];
      pos[i] := place[twin] + r_count[twin];
    elsif after[st] = -1 then
      outcome[i] := 4;
    elsif not (r_expected[i] = after[st] or r_expected[i] = -1 or r_expected[i] = -2 and after[st] > 0) then
      outcome[i] := 2;
      version[i] := after[st];
    else
      if r_take[i] <> '' then
        held := log.take(p_shards[sh], s_id[st], string_to_array(r_take[i], E'\x1f'));
        if held is not null then
          outcome[i] := 3;
          detail[i] := array_to_string(held, E'\x1f');
          continue;
        end if;
      end if;
      if r_release[i] <> '' then
        delete from log.reservation r where r.shard = p_shards[sh] and r.stream_id = s_id[st]
          and r.key = any (string_to_array(r_release[i], E'\x1f'));
      end if;
      base[i] := after[st];
      place[i] := ends[sh];
      version[i] := after[st];
      pos[i] := ends[sh];
      after[st] := after[st] + r_count[i];
      ends[sh] := ends[sh] + r_count[i];
    end if;
  end loop;

  outcomes := array_to_string(outcome, ',');
  versions := array_to_string(version, ',', '');
  positions := array_to_string(pos, ',', '');
  details := array_to_string(detail, E'\x1e');
end $$;

-- Appends many requests in one round trip. Each request has its own outcome: requests are taken in order against a
-- running version, losers get the current version back and the rest is written. Nothing is raised for a business
-- outcome, so one loser never fails its neighbours.
--
-- Texts of one kind travel as one string cut by the ASCII record separator: JSON escapes control characters, so it
-- cannot occur inside, and neither side pays for quoting array elements. Indexes count from 1.
--
--   p_plain  every request has a stream of its own and none touches reservations: the usual case, decided as a set
--   p_*      the shards of the call, ascending (the order in which they are locked), with the events meant for each
--   s_*      the streams of the call, each once; with p_plain one per request, in the same order. s_shard: into p_shards
--   r_*      one entry per request: its stream (into s_*), expected version (n, -1 any, -2 exists), number of events,
--            events that earlier requests of the call have in the same shard, ids of its first and last event,
--            the earlier request of the call that begins with the same event (0: none; not filled with p_plain),
--            reservation keys to take and to release
--   e_*      one entry per event, in the order of the requests; e_nth counts within its request; e_occurred in
--            milliseconds since 1970
--
-- Outcomes: 0 written, 1 repeated (the events are in that stream already), 2 wrong version, 3 reserved, 4 another
-- tenant's stream, 5 the event id belongs to another stream. Answered as comma-separated lists; `outcomes` is null when
-- all were written. Versions and positions are those before a written request's events, of a repeated one's last event.
--
-- With p_plain repeats are not looked for: they nearly always show as a version that is not the expected one, and are
-- then decided one by one. One that does not, and a stream begun by another tenant in another shard meanwhile, meets a
-- unique index; the caller then calls again without p_plain. To look would open every partition in every call.
create function log.append(
  p_plain boolean, p_shards smallint[], p_totals int[],
  s_id text, s_tenant text, s_shard int[],
  r_stream int[], r_expected bigint[], r_count int[], r_before int[], r_first uuid[], r_last uuid[], r_twin int[],
  r_take text, r_release text,
  e_request int[], e_nth int[], e_shard smallint[], e_id uuid[], e_stream text, e_tenant text, e_type text,
  e_version smallint[], e_occurred bigint[], e_meta text, e_data text,
  out outcomes text, out versions text, out positions text, out details text
) language plpgsql security definer
set search_path = pg_catalog, log, pg_temp
-- A connection keeps its plans for life. One that planned while the log was young would scan it for ever after.
set enable_seqscan = off
set plan_cache_mode = force_generic_plan
as $$
declare
  streams text[] := string_to_array(s_id, E'\x1e');
  tenants text[] := string_to_array(s_tenant, E'\x1e');
  heads  bigint[]; -- by shard, before the call and after it
  ends   bigint[];
  before bigint[]; -- by stream: versions before the call (-1: another tenant's) and after it
  after  bigint[];
  base   bigint[]; -- by request: version and position before its events; place is null where nothing is written
  place  bigint[];
  clean  boolean;  -- all requests are written
  begun  boolean;  -- some streams are new
  longer boolean;  -- some streams were there
  done   text;
begin
  select array_agg(x.head), array_agg(x.head + x.total) into heads, ends
    from (select s.head, p_totals[array_position(p_shards, s.shard)] as total from log.shard s
          where s.shard = any (p_shards) order by s.shard for update) x;

  -- Lists are unnested side by side in the select list, not in "from", where each would first fill a store of its own:
  -- 1.5 µs of 10.7 per event. A sub-select by primary key, not a join: over a growing table the planner turns a join into a
  -- scan. `offset 0` keeps it from being copied to each place that reads it. Rows are gathered as they come, in order.
  select array_agg(x.version), array_agg(x.version + x.count), array_agg(heads[x.shard] + x.before),
         bool_and(x.version >= 0
                  and (x.expected = x.version or x.expected = -1 or x.expected = -2 and x.version > 0)),
         bool_or(x.version = 0), bool_or(x.version > 0)
    into before, after, place, clean, begun, longer
    from (select r.*, coalesce((select case when s.tenant_id = r.tenant then s.version else -1 end
                                from log.stream s where s.stream_id = r.stream), 0) as version
          from (select unnest(streams) as stream, unnest(tenants) as tenant, unnest(s_shard) as shard,
                       unnest(r_expected) as expected, unnest(r_count) as count, unnest(r_before) as before) r
          where r.stream is not null offset 0) x;
  base := before;

  if not (p_plain and clean) then
    select d.ends, d.after, d.base, d.place, d.outcomes, d.versions, d.positions, d.details
      into ends, after, base, place, outcomes, versions, positions, details
      from log.decide(p_shards, heads, streams, s_shard, before, r_stream, r_expected, r_count, r_first, r_last,
                      r_twin, string_to_array(r_take, E'\x1e'), string_to_array(r_release, E'\x1e')) d;
    if ends = heads then
      return;
    end if;
  else
    versions := array_to_string(base, ',');
    positions := array_to_string(place, ',');
  end if;

  if begun then -- not "on conflict": its look into the index ahead of each row alone was 5 % of a call
    insert into log.stream (stream_id, tenant_id, shard, version)
      select r.stream, r.tenant, p_shards[r.shard], r.after
      from (select unnest(streams) as stream, unnest(tenants) as tenant, unnest(s_shard) as shard,
                   unnest(before) as before, unnest(after) as after) r
      where r.before = 0 and r.after > 0;
  end if;
  if longer then
    update log.stream s set version = r.after
      from (select unnest(streams) as stream, unnest(before) as before, unnest(after) as after) r
      where s.stream_id = r.stream and r.before > 0 and r.after > r.before;
  end if;

  insert into log.event (shard, position, stream_id, stream_version, event_id, tenant_id, type, schema_version,
                         occurred_at, meta, data)
    select x.shard, place[x.request] + x.nth, x.stream, base[x.request] + x.nth, x.id, x.tenant, x.type, x.version,
           to_timestamp(x.occurred::float8 / 1000), x.meta::json, x.data::json
    from (select unnest(e_request) as request, unnest(e_nth) as nth, unnest(e_shard) as shard, unnest(e_id) as id,
                 unnest(string_to_array(e_stream, E'\x1e')) as stream,
                 unnest(string_to_array(e_tenant, E'\x1e')) as tenant,
                 unnest(string_to_array(e_type, E'\x1e')) as type,
                 unnest(e_version) as version, unnest(e_occurred) as occurred,
                 unnest(string_to_array(e_meta, E'\x1e')) as meta,
                 unnest(string_to_array(e_data, E'\x1e')) as data) x
    where place[x.request] is not null;

  -- NOTIFY once per call: it takes a cluster-wide lock at commit.
  with moved as (
    update log.shard s set head = t.head from unnest(p_shards, ends) t(shard, head) where s.shard = t.shard
    returning s.shard)
  select pg_notify('recoup_log', string_agg(moved.shard::text, ','))::text from moved into done;
end $$;

revoke all on function log.take, log.decide, log.append from public;
grant execute on function log.append to recoup_follow;

-- The events of one stream, for its own tenant only. An invoker function: under the _tenant role the row-level policy
-- sees the tenant that is set here, in the same round trip.
create function log.read_stream(p_shard smallint, p_tenant text, p_stream text, p_after bigint)
returns setof log.event language plpgsql as $$
begin
  perform set_config('app.tenant_id', p_tenant, true);
  return query select * from log.event e
    where e.shard = p_shard and e.stream_id = p_stream and e.tenant_id = p_tenant and e.stream_version > p_after
    order by e.stream_version;
end $$;

-- The events of one tenant within a stretch of its shard, both ends given, the first `p_limit` of them. There is no index by
-- tenant: it would be written with every append. The stretch is walked by position past other tenants' events, so that the
-- caller must bound it. An invoker function, as above; without scans for the reason given at log.append.
create function log.read_tenant(p_shard smallint, p_tenant text, p_after bigint, p_up_to bigint, p_limit int)
returns setof log.event language plpgsql set enable_seqscan = off as $$
begin
  perform set_config('app.tenant_id', p_tenant, true);
  return query select * from log.event e
    where e.shard = p_shard and e.position > p_after and e.position <= p_up_to and e.tenant_id = p_tenant
    order by e.position limit p_limit;
end $$;

-- Who holds a reservation now; null when nobody does.
create function log.reservation_owner(p_shard smallint, p_key text) returns text
language sql stable security definer set search_path = pg_catalog, log, pg_temp as $$
  select r.stream_id from log.reservation r where r.shard = p_shard and r.key = p_key
$$;

revoke all on function log.reservation_owner from public;
grant execute on function log.read_stream, log.read_tenant, log.reservation_owner to recoup_follow, recoup_tenant;
