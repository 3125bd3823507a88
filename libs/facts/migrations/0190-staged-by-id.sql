-- What was staged is stored in the order of its identity, portion by portion.
drop index facts.staged_by_recording;
create index staged_by_recording on facts.staged (recording, kind, id);
