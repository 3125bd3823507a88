-- Every sync asks since when its seller's orders have been followed: of that seller's jobs, and not of all that ever were.
create index job_of_tenant on ingestion.job (tenant_id, position);
