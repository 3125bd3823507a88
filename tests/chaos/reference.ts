import { AppError, messageOf } from '@recoup/kernel';
import { startProduct } from '../product/index.js';
import { settings } from './chaos-settings.js';
import { keepLogs } from './keep-logs.js';
import { outcomeOf } from './outcome.js';
import type { Reference } from './run-round.js';
import { openSession } from './seller-session.js';
import { eventCounts } from './wait-for-moment.js';

/** Even the run that nothing disturbs did not come to its end. */
export class ReferenceFailed extends AppError {
  readonly code = 'REFERENCE_FAILED';
}

/** Runs the sync that all rounds are compared with. Its state stays until the answered product is disposed. */
export async function undisturbed(): Promise<Reference> {
  const product = await startProduct({
    orders: settings.SANDBOX_ORDERS,
    seed: settings.SANDBOX_SEED,
  });
  try {
    const outcome = await outcomeOf(product, await openSession(product));
    const usual = await eventCounts(product);
    await product.stop();
    return { outcome, usual, product };
  } catch (error) {
    const kept = keepLogs(product, 'undisturbed');
    await product[Symbol.asyncDispose]();
    throw new ReferenceFailed(`${messageOf(error)}\nLogs: ${kept}`, { cause: error });
  }
}
