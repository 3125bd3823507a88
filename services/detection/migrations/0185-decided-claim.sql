-- Which claims Amazon has decided or paid: what a seller's own calibration is learned from. What was decided, the log tells.
alter table detection.known_claim add decided boolean not null default false;
create index known_claim_decided on detection.known_claim (tenant_id, claim_id) where decided;
