import { warehouseDetector } from '../warehouse/warehouse-claim.js';

/** Amazon looks for units for up to 60 days before it calls them lost (Seller Central, "Inventory Ledger"). */
const ON_THE_ROAD_DAYS = 60;

/**
 * Units that left a centre for another and arrived at none for 60 days. `lost_warehouse` owns those that a later row calls
 * misplaced: a unit is claimed once.
 */
export const fcTransferLoss = warehouseDetector('moved_out', 'fc_transfer_loss', ON_THE_ROAD_DAYS);
