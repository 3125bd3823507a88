-- What sellers said that their products cost, dated. The log has every word of it; this is what detections look it up in.
create table detection.unit_cost (
  tenant_id      text not null,
  sku            text not null,
  currency       text not null,
  effective_from date not null,
  unit_cost      numeric not null,
  primary key (tenant_id, sku, currency, effective_from)
);
grant select, insert, update, delete on detection.unit_cost to recoup_detection_follow;
