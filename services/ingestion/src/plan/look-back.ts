import { DAY_MS } from './interval.js';

/** Records of the last days still change after they were read: finance data lag 48 hours, orders move on. */
export const LOOK_BACK_MS = 3 * DAY_MS;

/**
 * What Amazon states of a ledger row changes for as long as it searches: the unreconciled quantity of a loss appears weeks
 * after its row. Claims may be made for 60 days after a loss, so these rows are read again for as long, and some days more.
 */
export const LEDGER_LOOK_BACK_MS = 65 * DAY_MS;

/**
 * A payment may be in the report only days after its approval, and one that was overlooked is claimed a second time. Amazon
 * does not say how late; five weeks are well beyond what has been seen, and cost no call more: one report spans them.
 */
export const REIMBURSEMENT_LOOK_BACK_MS = 35 * DAY_MS;

/** Aged stock is counted on the 15th of a month and charged days later; a count that was not there yet is looked for again. */
export const AGED_LOOK_BACK_MS = 35 * DAY_MS;

/**
 * Two months of storage fees: the last one that was charged, and the one before. Amazon bills by what it measures, and does
 * not say whether it ever corrects a month that it has published; a report a month is what it costs to see it.
 */
export const STORAGE_LOOK_BACK_MS = 45 * DAY_MS;

/** A return is told of for weeks after it came in: its disposition and its status follow an inspection. */
export const RETURNS_LOOK_BACK_MS = 35 * DAY_MS;

/**
 * A removal order changes until its last unit has left, which takes Amazon up to a month, and what was lost on its way can be
 * claimed until 75 days after it was shipped. So an order is read again for as long as both together: a request cannot say
 * whether it means the day of the order or of its last change.
 */
export const REMOVALS_LOOK_BACK_MS = 105 * DAY_MS;

/** Amazon refuses windows that end less than two minutes ago; the rest is for clocks that differ. */
export const FRESHEST_MS = 5 * 60_000;

/** The beginning of what is copied: twelve months before, at midnight (UTC). */
export function beginningOf(asOf: Date): Date {
  return new Date(Date.UTC(asOf.getUTCFullYear() - 1, asOf.getUTCMonth(), asOf.getUTCDate()));
}
