import type { SyncResource } from '@recoup/contracts';
import type { Basis } from '../sources/source.js';
import {
  AGED_LOOK_BACK_MS,
  LEDGER_LOOK_BACK_MS,
  LOOK_BACK_MS,
  REIMBURSEMENT_LOOK_BACK_MS,
  REMOVALS_LOOK_BACK_MS,
  RETURNS_LOOK_BACK_MS,
  STORAGE_LOOK_BACK_MS,
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
  /** A window of more calls is cut, to a day at the least: all of it is read again when a worker dies over it. */
  readonly mostCalls?: number;
}

/**
 * The longest time that one report is asked for. Reports of all types share one bucket that gives one a minute, so fewer
 * and longer ones are what a sync is faster by. Amazon documents no greatest length for most types; where it refuses one as
 * too long the window is halved.
 */
export const REPORT_DAYS = 92;

/** Create, poll, fetch. */
export const CALLS_PER_REPORT = 3;

/** Half a year, for reports that are small; halved as any other where Amazon refuses it. */
const SELDOM_DAYS = 184;

/** Of every resource but orders: that each has one is what the compiler checks. */
export const policies: Readonly<Record<Exclude<SyncResource, 'orders'>, ResourcePolicy>> = {
  inventory: snapshot(1),
  /** Far below 180 days, beyond which Amazon silently answers nothing. */
  transactions: {
    basis: 'posted',
    windowDays: 30,
    lookBackMs: LOOK_BACK_MS,
    perMarketplace: false,
    calls: 1,
    // At Amazon's rate of one in two seconds not four minutes of work.
    mostCalls: 100,
  },
  ledger: report(REPORT_DAYS, LEDGER_LOOK_BACK_MS),
  reimbursements: report(REPORT_DAYS, REIMBURSEMENT_LOOK_BACK_MS),
  storageFees: { ...report(31, STORAGE_LOOK_BACK_MS), byMonth: true },
  agedStorageFees: report(REPORT_DAYS, AGED_LOOK_BACK_MS),
  feePreview: snapshot(CALLS_PER_REPORT),
  feeEstimates: snapshot(1),
  /** All of it by one report, widened to whole months: a month may not be summed up in two parts. */
  ledgerSummary: report(400, RETURNS_LOOK_BACK_MS),
  returns: report(REPORT_DAYS, RETURNS_LOOK_BACK_MS),
  // A seller has few of these, and each report costs a token that all types share.
  replacements: report(SELDOM_DAYS, LOOK_BACK_MS),
  removalOrders: report(SELDOM_DAYS, REMOVALS_LOOK_BACK_MS),
  removalShipments: report(SELDOM_DAYS, REMOVALS_LOOK_BACK_MS),
  /** By when they were changed; open ones are read again in every window. */
  inboundShipments: {
    basis: 'posted',
    windowDays: 400,
    lookBackMs: LOOK_BACK_MS,
    perMarketplace: true,
    calls: 3,
  },
};

/** A resource that one report brings, for the whole region. */
function report(windowDays: number, lookBackMs: number): ResourcePolicy {
  return { basis: 'day', windowDays, lookBackMs, perMarketplace: false, calls: CALLS_PER_REPORT };
}

/** A resource that has no past: each marketplace is read as it is now. */
function snapshot(calls: number): ResourcePolicy {
  return { basis: 'snapshot', windowDays: 0, lookBackMs: 0, perMarketplace: true, calls };
}
