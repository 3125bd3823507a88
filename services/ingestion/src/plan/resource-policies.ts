import type { SyncResource } from '@recoup/contracts';
import type { Basis } from '../sources/source.js';
import {
  AGED_LOOK_BACK_MS,
  LEDGER_LOOK_BACK_MS,
  LOOK_BACK_MS,
  REIMBURSEMENT_LOOK_BACK_MS,
} from './look-back.js';

/** How the time of a resource is cut into windows. Orders, packed by their counts, have rules of their own. */
export interface ResourcePolicy {
  readonly basis: Exclude<Basis, 'created' | 'updated'>;
  /** The longest window, in days. */
  readonly windowDays: number;
  /** Cut by calendar months instead; the running one is planned without a call, since nothing of it is told before it ends. */
  readonly byMonth?: boolean;
  /** How much of what was read before is read again. */
  readonly lookBackMs: number;
  /** Whether each marketplace is read for itself. */
  readonly perMarketplace: boolean;
  /** Calls of a window where nothing better is known. */
  readonly calls: number;
}

/**
 * The longest time that one report is asked for. Reports of all types share one bucket that gives one a minute, so fewer
 * and longer ones are what a sync is faster by. Amazon documents no greatest length for most types; where it refuses one as
 * too long the window is halved.
 */
export const REPORT_DAYS = 92;

/** Create, poll, fetch. */
export const CALLS_PER_REPORT = 3;

export type PolicedResource = Exclude<SyncResource, 'orders'>;

export const policies: Readonly<Partial<Record<PolicedResource, ResourcePolicy>>> = {
  inventory: {
    basis: 'snapshot',
    windowDays: 0,
    lookBackMs: 0,
    perMarketplace: true,
    calls: 1,
  },
  /** Far below 180 days, beyond which Amazon silently answers nothing. */
  transactions: {
    basis: 'posted',
    windowDays: 30,
    lookBackMs: LOOK_BACK_MS,
    perMarketplace: false,
    calls: 1,
  },
  ledger: {
    basis: 'day',
    windowDays: REPORT_DAYS,
    lookBackMs: LEDGER_LOOK_BACK_MS,
    perMarketplace: false,
    calls: CALLS_PER_REPORT,
  },
  reimbursements: {
    basis: 'day',
    windowDays: REPORT_DAYS,
    lookBackMs: REIMBURSEMENT_LOOK_BACK_MS,
    perMarketplace: false,
    calls: CALLS_PER_REPORT,
  },
  storageFees: {
    basis: 'day',
    windowDays: 31,
    byMonth: true,
    lookBackMs: 0,
    perMarketplace: false,
    calls: CALLS_PER_REPORT,
  },
  agedStorageFees: {
    basis: 'day',
    windowDays: REPORT_DAYS,
    lookBackMs: AGED_LOOK_BACK_MS,
    perMarketplace: false,
    calls: CALLS_PER_REPORT,
  },
  feePreview: {
    basis: 'snapshot',
    windowDays: 0,
    lookBackMs: 0,
    perMarketplace: true,
    calls: CALLS_PER_REPORT,
  },
  feeEstimates: {
    basis: 'snapshot',
    windowDays: 0,
    lookBackMs: 0,
    perMarketplace: true,
    calls: 1,
  },
};
