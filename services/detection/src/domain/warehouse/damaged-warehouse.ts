import { warehouseDetector } from './warehouse-claim.js';

/** Units that Amazon damaged (E, with its P into damaged stock), neither corrected since nor paid for. */
export const damagedWarehouse = warehouseDetector('damaged', 'damaged_warehouse');
