import { expect } from 'vitest';
import { LOSS, lost, type DetectionWorld } from './detection-world.js';
import { damage } from './story.js';

/** The tenant of a seller with a loss and a damage of which claims were made, and a loss that Amazon may still find. */
export async function sellerWithClaims(world: DetectionWorld): Promise<string> {
  const { ledger, job, tenantId } = world.seller();
  await ledger(
    lost(),
    ...damage(LOSS, 2, { open: 2 }).map((row) => row.data),
    lost({ day: '2026-09-10', open: null, quantity: -1 }),
  );
  const result = await world.detection(await job('2026-09-20'));
  expect(result.claims).toMatchObject({ open: 2 });
  return tenantId;
}
