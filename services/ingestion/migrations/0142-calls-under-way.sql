-- Calls that were let go and have not been answered: each may still be on its way to Amazon, also when whoever made it is
-- dead. By the instant at which it was let go, in microseconds since 1970, which also tells it from the others.

alter table ingestion.rate_bucket add column under_way bigint[] not null default '{}';
