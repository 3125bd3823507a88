-- What is followed of claims after they are found: payments in later reports, answers of the desk, last days.
--
-- Invariants and who keeps them
--   a unit of a payment's row counts for one claim    the claim's events name it, and a reservation of the log is taken with them
--   a look belongs to one worker                      taking it puts it off, in the same statement

create table evidence.followed_claim (
  tenant_id     text not null,
  claim_id      text not null,
  deadline      date not null,
  case_id       text,
  channel       text,
  -- When the desk is asked next, by the database's clock; null: not waiting for an answer.
  answer_look   timestamptz,
  answer_looks  int not null default 0,
  -- When the last day is thought of next, by the service's clock; null: it was filed or is over.
  deadline_look timestamptz,
  primary key (tenant_id, claim_id)
) with (fillfactor = 80);

create index followed_answers on evidence.followed_claim (answer_look) where answer_look is not null;
create index followed_deadlines on evidence.followed_claim (deadline_look) where deadline_look is not null;

grant select, insert, update, delete on evidence.followed_claim to recoup_evidence_follow;
