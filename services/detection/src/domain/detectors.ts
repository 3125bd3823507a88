import type { Detector } from './detector.js';
import { orderPaymentsTooLow } from './orders/order-payments-too-low.js';
import { lostOutbound } from './orders/lost-outbound.js';
import { refundNotReturned } from './orders/refund-not-returned.js';
import { refundOvercharge } from './orders/refund-overcharge.js';
import { replacementNotReturned } from './orders/replacement-not-returned.js';
import { returnDamagedByAmazon } from './orders/return-damaged-by-amazon.js';
import { returnLostInFc } from './orders/return-lost-in-fc.js';
import { returnWrongItem } from './orders/return-wrong-item.js';
import { missingReimbursement } from './payments/missing-reimbursement.js';
import { reimbursementReversed } from './payments/reimbursement-reversed.js';
import { reimbursementUndervalued } from './payments/reimbursement-undervalued.js';
import { fcTransferLoss } from './stock/fc-transfer-loss.js';
import { productRedefinitionLoss } from './stock/product-redefinition-loss.js';
import { inboundDamaged } from './inbound/inbound-damaged.js';
import { inboundDefectFee } from './inbound/inbound-defect-fee.js';
import { inboundShortage } from './inbound/inbound-shortage.js';
import { unusedLabelFee } from './inbound/unused-label-fee.js';
import { removalDamaged } from './removals/removal-damaged.js';
import { removalLost } from './removals/removal-lost.js';
import { disposedUnauthorised } from './stock/disposed-unauthorised.js';
import { fulfilmentFeeOvercharge } from './fees/fulfilment-fee-overcharge.js';
import { referralFeeError } from './fees/referral-fee-error.js';
import { storageFeeOvercharge } from './fees/storage-fee-overcharge.js';
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
  inboundShortage,
  inboundDamaged,
  inboundDefectFee,
  unusedLabelFee,
  removalLost,
  removalDamaged,
  disposedUnauthorised,
  fulfilmentFeeOvercharge,
  storageFeeOvercharge,
  referralFeeError,
  refundNotReturned,
  replacementNotReturned,
  lostOutbound,
  returnDamagedByAmazon,
  returnLostInFc,
  returnWrongItem,
  refundOvercharge,
  orderPaymentsTooLow,
];
