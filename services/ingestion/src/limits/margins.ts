import { operations, type OperationName } from '../amazon/operations.js';

/**
 * The share of a rate that is used. Clocks that are kept by NTP run wrong by 500 parts in a million at most while they
 * are corrected (RFC 5905, the limit of the frequency error): ours and Amazon's together by a thousandth.
 */
const RATE_SHARE = 0.999;

/** The longest that one call takes longer on its way than another, in seconds, at Amazon. */
const TRANSIT_SECONDS = 2;
/** The same on the way to a simulation that runs faster: it stands beside us, but the machine may be busy. */
const LEAST_TRANSIT_SECONDS = 0.25;

export interface Limit {
  /** Calls a second. */
  readonly rate: number;
  /** Most calls at once; a fraction is a call that goes the later. */
  readonly capacity: number;
}

/** The rate to keep under a limit that Amazon states. */
export function safeRate(stated: number): number {
  return stated * RATE_SHARE;
}

/**
 * What a new bucket starts with: the published limit, with the rate times `scale` (1 at Amazon), less what transit can
 * make of it.
 *
 * Amazon refuses nothing while, in every stretch of t seconds, at most burst + rate·t calls arrive. Calls that arrive
 * within t left within t + d, when one may take d longer than another; a bucket of capacity c lets at most
 * c + rate·(t + d) go in that time. So c = burst - rate·d is enough, and less than that is not needed. Where rate·d is more
 * than the burst has to give (two calls a second with a burst of two), one is left to take: called one after the other,
 * only the call that is on its way when the stretch begins comes in addition. With a burst of one there is nothing to hold
 * back; see `spacedByAnswers`. Where a token takes longer than any transit nothing is held back either; see
 * `secondsAtRest`.
 */
export function startLimit(operation: OperationName, scale: number): Limit {
  const { rate, burst } = operations[operation];
  const late = onTheWay(operation, scale);
  const held = late < 1 ? 0 : Math.min(late, burst - 1);
  return { rate: safeRate(rate * scale), capacity: burst - held };
}

/**
 * How long a bucket that was full waits for an answer before it fills again, in seconds; 0 where capacity is held back
 * instead. Amazon's bucket, and with it the next token, begins to fill when the first call arrives, which its answer
 * proves: ours may begin no sooner. From then on Amazon's is full again only after another token's time, in which the
 * other calls under way have arrived: so what is late on its way finds no less there than we count. At a simulation as long as
 * at Amazon, since an answer ends it.
 */
export function secondsAtRest(operation: OperationName, scale: number): number {
  return onTheWay(operation, scale) < 1 ? TRANSIT_SECONDS : 0;
}

/** The tokens that a bucket gains while a call is on its way. */
function onTheWay(operation: OperationName, scale: number): number {
  const transit = Math.max(TRANSIT_SECONDS / scale, LEAST_TRANSIT_SECONDS);
  return operations[operation].rate * scale * transit;
}

/**
 * Whether a bucket fills only from the answer on: of an operation without a burst two calls must arrive 1/rate apart,
 * and the first may arrive as late as its answer.
 */
export function spacedByAnswers(operation: OperationName): boolean {
  const { burst }: { readonly burst: number } = operations[operation];
  return burst === 1;
}
