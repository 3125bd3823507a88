import type { World } from '../world/world.js';
import type { WorkedCase } from './casework.js';
import { movementsOf, type Movement } from './movement.js';

/** A movement that no case brought about, and what the report says that it is for. */
export interface UnaskedMovement extends Movement {
  readonly fnsku: string;
  readonly orderId: string | null;
  /** The report's word. */
  readonly reason: string;
}

/** All that was paid since the anchor without having been asked for, and what was taken back of it, as a world stands. */
export function unaskedBook(
  { reimbursements, calendar }: World,
  worked: readonly WorkedCase[],
): readonly UnaskedMovement[] {
  const ofCases = new Set(worked.flatMap(({ facts }) => facts.reimbursements).map(({ id }) => id));
  const rows = reimbursements.filter(
    ({ id, caseId, ms }) => caseId === null && ms >= calendar.anchorMs && !ofCases.has(id),
  );
  return rows.flatMap((row) => {
    const { product, orderId, reason } = row;
    const { fnsku } = product;
    return movementsOf([row], calendar.endMs).map((one) => ({ ...one, fnsku, orderId, reason }));
  });
}
