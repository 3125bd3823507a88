-- The documents that a seller gave, as lists show them.
select rm.create_projection('document', 1);

alter table rm.document_v1
  add uploaded_at text collate "C" not null generated always as (doc ->> 'uploadedAt') stored,
  add words tsvector not null generated always as (to_tsvector('simple', coalesce(doc ->> 'words', ''))) stored;

create or replace view rm.document with (security_invoker = true) as
  select tenant_id, key, doc, position, uploaded_at, words from rm.document_v1;

create index document_newest on rm.document_v1 (tenant_id, uploaded_at desc, key desc);

create function read.documents(p_tenant text, p_limit int, p_offset int)
returns table (doc jsonb) language plpgsql as $$
begin
  perform set_config('app.tenant_id', p_tenant, true);
  return query
    select d.doc from rm.document d where d.tenant_id = p_tenant
    order by d.uploaded_at desc, d.key desc limit p_limit offset p_offset;
end $$;

-- Documents in whose name, fields or text every word occurs, also as the beginning of one; the best first. `sealed` is the
-- text, for whoever holds its key.
create function read.document_search(p_tenant text, p_query text, p_limit int)
returns table (doc jsonb, sealed bytea, rank real) language plpgsql as $$
begin
  perform set_config('app.tenant_id', p_tenant, true);
  return query
    with asked as (select to_tsquery('simple', p_query) as query)
    select d.doc, t.sealed,
           ts_rank(setweight(d.words, 'A') || coalesce(t.words, ''::tsvector), asked.query, 32)
    from asked, rm.document d
    left join evidence.document_text t
      on t.document_id = d.key and t.tenant_id = p_tenant and t.file_id = d.doc ->> 'fileId'
    where d.tenant_id = p_tenant and (d.words || coalesce(t.words, ''::tsvector)) @@ asked.query
    order by 3 desc, d.uploaded_at desc, d.key desc limit p_limit;
end $$;

-- Claims that a document was given for (`p_claims`), or whose evidence rests on it.
create function read.claims_resting_on(p_tenant text, p_document text, p_claims text[])
returns table (claim_id text) language plpgsql as $$
begin
  perform set_config('app.tenant_id', p_tenant, true);
  return query
    select c.claim_id from rm.claim c
    where c.tenant_id = p_tenant
      and (c.claim_id = any (p_claims) or c.doc #> '{claim,validation,documents}' @>
        jsonb_build_array(jsonb_build_object('given', jsonb_build_array(p_document))));
end $$;

revoke all on function read.documents(text, int, int), read.document_search(text, text, int),
  read.claims_resting_on(text, text, text[]) from public;
grant execute on function read.documents(text, int, int), read.document_search(text, text, int),
  read.claims_resting_on(text, text, text[]) to recoup_gateway_tenant;
