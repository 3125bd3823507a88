import type { Watcher } from './watcher.js';
import { damageForReview } from './watchers/damage-for-review.js';
import { feeSign } from './watchers/fee-sign.js';
import { identityConflict } from './watchers/identity-conflict.js';
import { orderReimbursedTwice } from './watchers/order-reimbursed-twice.js';
import { receivedUnknown } from './watchers/received-unknown.js';
import { shipmentStuck } from './watchers/shipment-stuck.js';
import { stockReimbursedTwice } from './watchers/stock-reimbursed-twice.js';
import { transferInTransit } from './watchers/transfer-in-transit.js';

/** Every watcher that runs. A new one is a file, its tests, a row of its rule, and a line here. */
export const watchers: readonly Watcher[] = [
  shipmentStuck,
  receivedUnknown,
  transferInTransit,
  damageForReview,
  stockReimbursedTwice,
  orderReimbursedTwice,
  feeSign,
  identityConflict,
];
