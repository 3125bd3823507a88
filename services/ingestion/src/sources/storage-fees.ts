import { monthOf } from '../plan/interval.js';
import { reportSource } from './report-source.js';
import { agedStorageFeeFact, storageFeeFact } from './storage-fee-fact.js';

/**
 * A month's storage is charged between the 7th and the 15th of the next one (Amazon's help on monthly storage fees) and its
 * report appears with it; a fortnight is added for when it is late.
 */
const PUBLISHED_WITHIN_DAYS = 31;

/** Monthly storage fees, a calendar month a window. */
export const storageFeesByReport = reportSource({
  resource: 'storageFees',
  reportType: 'GET_FBA_STORAGE_FEE_CHARGES_DATA',
  kind: 'storageFee',
  publishedWithinDays: PUBLISHED_WITHIN_DAYS,
  toFact(row, window) {
    const fact = storageFeeFact(row);
    return fact.month === monthOf(window.from) ? fact : null;
  },
});

/** Surcharges for stock that has lain long. */
export const agedStorageFeesByReport = reportSource({
  resource: 'agedStorageFees',
  reportType: 'GET_FBA_FULFILLMENT_LONGTERM_STORAGE_FEE_CHARGES_DATA',
  kind: 'agedStorageFee',
  toFact(row, window) {
    const fact = agedStorageFeeFact(row);
    const day = new Date(`${fact.snapshotDay}T00:00:00Z`);
    // Reports round outward: a day of the neighbour would be counted in both windows.
    return day >= window.from && day < window.to ? fact : null;
  },
});
