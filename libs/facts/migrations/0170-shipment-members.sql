-- What came in one shipment to Amazon, and what the ledger says was received of it.
create index inbound_item_by_shipment on facts.fact (tenant_id, (data ->> 'shipmentId')) where kind = 'inboundItem';
create index receipt_by_shipment on facts.fact (tenant_id, (data ->> 'referenceId'))
  where kind = 'ledger' and data ->> 'eventType' = 'Receipts';
