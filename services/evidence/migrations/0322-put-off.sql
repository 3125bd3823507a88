-- A filing of a held seller is put off until the hold ends, so that looks for the next one do not pass over a backlog of
-- held ones. What ends the hold sooner finds it by this mark.
alter table evidence.filing add column put_off boolean not null default false;
create index filing_put_off on evidence.filing (tenant_id) where put_off;
