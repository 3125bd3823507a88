import { inventoryBySummaries } from './inventory.js';
import { ledgerByReport } from './ledger.js';
import { ordersBySearch } from './orders.js';
import { reimbursementsByReport } from './reimbursements.js';
import type { Source } from './source.js';
import { transactionsByList } from './transactions.js';

/**
 * The sources of the route `api`, in the order in which a seller wants to see them. `auto` takes it too, as the only one
 * there is.
 */
export const apiRoute: readonly Source[] = [
  ordersBySearch,
  inventoryBySummaries,
  transactionsByList,
  ledgerByReport,
  reimbursementsByReport,
];
