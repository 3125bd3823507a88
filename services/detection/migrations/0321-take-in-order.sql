-- The next detection is the first entry of an index, however many wait and however many are done: one in their order, and
-- one that tells whether an earlier one of the same tenant waits.
alter index detection.job_waiting rename to job_waiting_of_tenant;
create index job_waiting on detection.job (seq) where state = 'waiting';
-- What a tenant's latest sync brought, among all that were ever done.
create index job_of_tenant on detection.job (tenant_id, seq);
