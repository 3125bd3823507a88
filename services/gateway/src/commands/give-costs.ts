import { streams, type GivenCost } from '@recoup/contracts';
import { erasedUpTo, eventOf, fromCommand, givenCosts, type StandingCost } from '@recoup/domain';
import type { CommandContext } from './context.js';

export interface GiveCosts {
  readonly tenantId: string;
  readonly userId: string;
  readonly costs: readonly GivenCost[];
}

/** Rows per event: an event of these is some 60 kB, and the bus carries 1 MB. */
const ROWS = 500;

/**
 * Keeps what the seller's products cost. Rows that are not named stay as they are, one without a cost goes; saying the same
 * again changes nothing. Answers how many rows changed and all that stand then.
 */
export async function giveCosts(
  { store, clock }: Pick<CommandContext, 'store' | 'clock'>,
  { tenantId, userId, costs }: GiveCosts,
): Promise<{ readonly changed: number; readonly costs: readonly StandingCost[] }> {
  const before = new Map((await costsOf({ store }, tenantId)).map((cost) => [keyOf(cost), cost]));
  const changed = costs.filter(
    (cost) => (before.get(keyOf(cost))?.unitCost ?? null) !== cost.unitCost,
  );
  if (changed.length === 0) return { changed: 0, costs: [...before.values()] };
  const cause = fromCommand(`user:${userId}`, clock.now());
  const events = Array.from({ length: Math.ceil(changed.length / ROWS) }, (_, n) =>
    eventOf('claim.costs_given', { costs: changed.slice(n * ROWS, (n + 1) * ROWS) }, { cause }),
  );
  const streamId = streams.settings(tenantId);
  await store.append({ tenantId, streamId, expected: 'any', events });
  return { changed: changed.length, costs: await costsOf({ store }, tenantId) };
}

/** The costs that stand, as the log has them now. */
export async function costsOf(
  { store }: { readonly store: Pick<CommandContext['store'], 'readStream'> },
  tenantId: string,
): Promise<readonly StandingCost[]> {
  const [said, connection] = await Promise.all([
    store.readStream(tenantId, streams.settings(tenantId)),
    store.readStream(tenantId, streams.connection(tenantId)),
  ]);
  return givenCosts(said, erasedUpTo(connection));
}

function keyOf({ sku, currency, effectiveFrom }: GivenCost): string {
  return JSON.stringify([sku, currency, effectiveFrom]);
}
