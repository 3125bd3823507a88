export {
  agedStorageFeeFactSchema,
  feeEstimateFactSchema,
  feePreviewFactSchema,
  storageFeeFactSchema,
  type AgedStorageFeeFact,
  type FeeEstimateFact,
  type FeePreviewFact,
  type StorageFeeFact,
} from './fees.js';
export {
  inboundItemFactSchema,
  inboundShipmentFactSchema,
  type InboundItemFact,
  type InboundShipmentFact,
} from './inbound.js';
export {
  orderFactSchema,
  orderItemFactSchema,
  type OrderFact,
  type OrderItemFact,
} from './orders.js';
export { reimbursementFactSchema, type ReimbursementFact } from './payments.js';
export {
  removalOrderFactSchema,
  removalShipmentFactSchema,
  type RemovalOrderFact,
  type RemovalShipmentFact,
} from './removals.js';
export {
  customerReturnFactSchema,
  replacementFactSchema,
  type CustomerReturnFact,
  type ReplacementFact,
} from './returns.js';
export {
  inventoryFactSchema,
  ledgerFactSchema,
  ledgerSummaryFactSchema,
  type InventoryFact,
  type LedgerFact,
  type LedgerSummaryFact,
} from './stock.js';
export {
  isOfOrder,
  transactionFactSchema,
  type TransactionAmount,
  type TransactionFact,
  type TransactionItem,
} from './transactions.js';
