-- Ended syncs are kept for a time, and found by when they ended.
create index job_ended on ingestion.job (ended_at) where state = 'ended';

-- A bucket names its seller: it goes when the seller is here no more and it is full, since it then tells what a new one does.
grant delete on ingestion.rate_bucket to recoup_ingestion_follow;
