import { TurnOver } from '../jobs/turn-over.js';

/**
 * Waits for all to end. When one fails the others are stopped, for nothing more is to be asked of Amazon; when one ends
 * because the turn is over they end by themselves. The failure is thrown when they have, so that nothing is stored after
 * the sync has said how far it reaches.
 */
export async function allOrFirstFailure(
  parts: readonly Promise<void>[],
  reading: AbortController,
): Promise<void> {
  const failures: unknown[] = [];
  const settled = parts.map((part) =>
    part.catch((error: unknown) => {
      failures.push(error);
      if (!(error instanceof TurnOver)) reading.abort(error);
    }),
  );
  await Promise.all(settled);
  if (failures.length > 0) throw failures.find((one) => !(one instanceof TurnOver)) ?? failures[0];
}
