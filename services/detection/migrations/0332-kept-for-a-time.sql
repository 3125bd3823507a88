-- Ended detections are kept for a time, and found by when they were asked for.
create index job_ended on detection.job (created_at) where state <> 'waiting';
