import type { ReimbursementReason } from '../world/reimbursement.js';

/** Under which reason a kind of case is paid. */
export const REASONS: Readonly<Record<string, ReimbursementReason>> = {
  lost_warehouse: 'Lost_Warehouse',
  fc_transfer_loss: 'Lost_Warehouse',
  product_redefinition_loss: 'Lost_Warehouse',
  damaged_warehouse: 'Damaged_Warehouse',
  inbound_shortage: 'Lost_Inbound',
  removal_lost: 'Removal_Order_Lost',
  lost_outbound: 'Lost_Outbound',
  refund_not_returned: 'CustomerReturn',
  replacement_not_returned: 'CustomerReturn',
  return_damaged_by_amazon: 'CustomerReturn',
  return_lost_in_fc: 'CustomerReturn',
};
