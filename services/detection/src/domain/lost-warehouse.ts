import type { Detector } from './detector.js';
import { detectWarehouse } from './warehouse-claim.js';

/** Units that Amazon misplaced (M, 5), neither found since nor paid for. */
export const lostWarehouse: Detector = {
  subtype: 'lost_warehouse',
  claimType: 'lost_inventory',
  needs: ['ledger', 'reimbursements'],
  detect: (key) =>
    detectWarehouse({ subtype: 'lost_warehouse', claimType: 'lost_inventory', kind: 'lost' }, key),
};
