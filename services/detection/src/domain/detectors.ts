import type { Detector } from './detector.js';
import { missingReimbursement } from './payments/missing-reimbursement.js';
import { reimbursementReversed } from './payments/reimbursement-reversed.js';
import { reimbursementUndervalued } from './payments/reimbursement-undervalued.js';
import { fcTransferLoss } from './stock/fc-transfer-loss.js';
import { productRedefinitionLoss } from './stock/product-redefinition-loss.js';
import { damagedWarehouse } from './warehouse/damaged-warehouse.js';
import { lostWarehouse } from './warehouse/lost-warehouse.js';

/** Every detector that runs, in the order in which it is reported. A new one is a file, its tests, and a line here. */
export const detectors: readonly Detector[] = [
  lostWarehouse,
  damagedWarehouse,
  fcTransferLoss,
  productRedefinitionLoss,
  missingReimbursement,
  reimbursementUndervalued,
  reimbursementReversed,
];
