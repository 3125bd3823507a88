import { warehouseDetector } from '../warehouse/warehouse-claim.js';

/** Units that were taken out as another product (4) and came in as none (3), neither found since nor paid for. */
export const productRedefinitionLoss = warehouseDetector('redefined', 'product_redefinition_loss');
