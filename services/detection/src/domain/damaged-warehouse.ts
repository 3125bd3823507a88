import type { Detector } from './detector.js';
import { detectWarehouse } from './warehouse-claim.js';

/** Units that Amazon damaged (E, with its P into damaged stock), neither corrected since nor paid for. */
export const damagedWarehouse: Detector = {
  subtype: 'damaged_warehouse',
  claimType: 'damaged_goods',
  needs: ['ledger', 'reimbursements'],
  detect: (key) =>
    detectWarehouse(
      { subtype: 'damaged_warehouse', claimType: 'damaged_goods', kind: 'damaged' },
      key,
    ),
};
