import { warehouseDetector } from './warehouse-claim.js';

/** Units that Amazon misplaced (M, 5), neither found since nor paid for. */
export const lostWarehouse = warehouseDetector('lost', 'lost_warehouse');
