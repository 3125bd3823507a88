-- What people said of units that no report of Amazon tells. The log has every word of it; this is what detections read.
create table detection.assertion (
  tenant_id    text not null,
  assertion_id text not null,
  said         jsonb not null,
  primary key (tenant_id, assertion_id)
);
grant select, insert, update, delete on detection.assertion to recoup_detection_follow;

-- A detection over the facts of the latest sync asks which that was.
create index job_latest_sync on detection.job (tenant_id, seq desc) where trigger = 'sync';

-- A reprocessing looks at losses from a day on only.
alter table detection.job add since text;
