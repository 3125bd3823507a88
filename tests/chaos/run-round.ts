import { AppError, messageOf } from '@recoup/kernel';
import { startProduct, type Product } from '../product/index.js';
import { settings } from './chaos-settings.js';
import { keepLogs } from './keep-logs.js';
import { outcomeOf, type Outcome } from './outcome.js';
import type { Round } from './round.js';
import { openSession } from './seller-session.js';
import { strike } from './strike.js';
import { eventCounts, waitForMoment, type EventCounts } from './wait-for-moment.js';

/** A run that nothing disturbs, kept to compare the others with. */
export interface Reference {
  readonly outcome: Outcome;
  readonly usual: EventCounts;
  /** The stopped product, whose identity the rounds take over. */
  readonly product: Product;
}

export interface RoundResult {
  readonly outcome: Outcome;
  /** How many events the log had when the blow fell, and in the end. */
  readonly events: { readonly then: number; readonly finally: number };
  readonly recoverySeconds: number | null;
  /** From the answer to the start until everything was settled, in seconds. */
  readonly seconds: number;
}

/** A round did not come to its end. The logs of all processes are kept where the message says. */
export class RoundFailed extends AppError {
  readonly code = 'ROUND_FAILED';
}

/**
 * One sync of one fresh product, with one blow in it, and `check` of what came of it. Throws RoundFailed, also for what
 * `check` throws.
 */
export async function runRound(
  round: Round,
  { reference, check }: { reference: Reference; check: (outcome: Outcome) => void },
): Promise<RoundResult> {
  let product = await startProduct({
    orders: settings.SANDBOX_ORDERS,
    seed: settings.SANDBOX_SEED,
    identityOf: reference.product.stateDir,
  });
  try {
    const session = await openSession(product);
    const startedAt = performance.now();
    await waitForMoment(round.moment, { product, session, usual: reference.usual });
    const then = total(await eventCounts(product));
    const struck = await strike(product, round.blow);
    product = struck.product;
    const outcome = await outcomeOf(product, session);
    const seconds = (performance.now() - startedAt) / 1000;
    check(outcome);
    const events = { then, finally: total(await eventCounts(product)) };
    return { outcome, events, recoverySeconds: struck.recoverySeconds, seconds };
  } catch (error) {
    const kept = keepLogs(product, round.name);
    throw new RoundFailed(`${messageOf(error)}\n${product.output}\nLogs: ${kept}`, {
      cause: error,
    });
  } finally {
    await product[Symbol.asyncDispose]();
  }
}

function total(counts: EventCounts): number {
  return [...counts.values()].reduce((sum, events) => sum + events, 0);
}
