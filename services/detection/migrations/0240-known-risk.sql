-- Which risks detections have seen: what tells that one is shown by no fact any more. What a risk is, the log alone knows.
create table detection.known_risk (
  tenant_id text not null,
  risk_id   text not null,
  kind      text not null,
  state     text not null check (state in ('open', 'cleared')),
  seen_by   text not null, -- the last detection that met it
  ended_by  text,          -- the detection that cleared it
  primary key (tenant_id, risk_id)
);
create index known_risk_open on detection.known_risk (tenant_id, risk_id) where state = 'open';
grant select, insert, update, delete on detection.known_risk to recoup_detection_follow;
