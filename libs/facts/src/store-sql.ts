/**
 * Stores given facts as versions: `$1` tenant, `$2` kind, `$3` batch, `$4` route. `given` is a query that yields key,
 * group_key, data and raw, each key once.
 *
 * The newest known version is looked up by primary key, one probe a row; jsonb compares by content. A null column is what
 * this route does not know and does not overwrite; nulls inside a list are content. A version is written when something
 * that is known has changed, or when the same route says something else in its own words.
 */
export function storeSql(given: string): string {
  return `
  insert into facts.fact (tenant_id, kind, key, batch, group_key, data, route, raw)
  select $1, $2, key, $3, group_key, data, $4, raw
  from (
    select given.key, given.group_key, given.raw,
      known.data as known, known.raw as known_raw, known.route as known_route,
      case when known.data is null or known.data = given.data then given.data
        else given.data || known.data || coalesce(
          (select jsonb_object_agg(said.key, said.value) from jsonb_each(given.data) said
           where said.value <> 'null'), '{}') end as data
    from (${given}) given
    left join lateral (
      select f.data, f.raw, f.route from facts.fact f
      where f.tenant_id = $1 and f.kind = $2 and f.key = given.key
      order by f.batch desc limit 1) known on true
  ) merged
  where known is null or known <> data or (known_route = $4 and known_raw is distinct from raw)`;
}
