-- Work that is kept until an instant of the service's own clock, which may be another than the database's: it is not due
-- (next_try is 'infinity') until that clock has reached it.
alter table evidence.due_work add column kept_until timestamptz;
create index due_work_kept on evidence.due_work (kept_until) where kept_until is not null;
