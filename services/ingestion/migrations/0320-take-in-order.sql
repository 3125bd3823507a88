-- The job that has waited longest is the first entry of this index: in the hour when every seller's sync is due, a look for
-- one does not read all that wait.
drop index ingestion.job_waiting;
create index job_waiting on ingestion.job (greatest(requested_at, not_before)) where state = 'open';
