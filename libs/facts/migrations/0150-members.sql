-- What is read together with a group though it belongs to another: an order's payments, a product's returns.
create index reimbursement_by_order on facts.fact (tenant_id, (data ->> 'orderId'))
  where kind = 'reimbursement' and data ->> 'orderId' is not null;
create index return_by_product on facts.fact (tenant_id, (data ->> 'fnsku')) where kind = 'customerReturn';
