import { z } from 'zod';
import { faultSchema, MODES, PAGES, type Fault, type FaultMode, type FaultOrder } from './fault.js';
import { OPERATIONS } from './rates.js';

/** Everything at once: each call fails with about this chance, in one of the ways its operation can fail. */
export const stormSchema = z.strictObject({
  profile: z.literal('storm'),
  seed: z.int().nonnegative(),
  share: z.number().positive().max(0.9),
  sellerId: z.string().optional(),
  /** Ways of failing that are left out. */
  without: z.array(z.enum(MODES)).default([]),
});
export type Storm = z.infer<typeof stormSchema>;

type Kind = Pick<FaultOrder, 'status' | 'mode' | 'seconds'>;

const REFUSALS: readonly Kind[] = [{ status: 429 }, { status: 500 }, { status: 503 }];
const CUT: readonly Kind[] = [{ mode: 'reset' }, { mode: 'reset_body' }];
const SLOW: Kind = { mode: 'slow_body', seconds: 1 };

/** Ways in which calls of a place fail. Not by a timeout: that would take as long as the client is patient. */
function kindsAt(operation: FaultOrder['operation']): readonly Kind[] {
  switch (operation) {
    case 'token':
      return [{ status: 500 }, { status: 503 }, { mode: 'reset' }];
    case 'createCase':
      return [{ status: 500 }, { status: 503 }, { mode: 'reset' }, { mode: 'drop_after_accept' }];
    case 'document':
      return [{ status: 503 }, { mode: 'reset' }, SLOW, ...modes(['reset_body', 'truncated'])];
    case 'createReport':
      return [...REFUSALS, ...CUT, ...modes(['fatal', 'cancelled'])];
    case 'getReportDocument':
      return [...REFUSALS, ...CUT, ...modes(['expired_document'])];
    case 'getMyFeesEstimates':
      return [...REFUSALS, ...CUT, SLOW, ...modes(['service_error'])];
    default:
      return [...REFUSALS, ...CUT, SLOW, ...modes(PAGES)];
  }
}

function modes(all: readonly FaultMode[]): readonly Kind[] {
  return all.map((mode) => ({ mode }));
}

/** The faults of a storm. The same seed brings the same failures to the same calls of a seller. */
export function stormOf({ seed, share, sellerId, without }: Storm): Fault[] {
  return [...OPERATIONS, ...(['token', 'document', 'createCase'] as const)].flatMap((operation) => {
    const kinds = kindsAt(operation).filter(({ mode }) => !without.some((one) => one === mode));
    return kinds.map((kind) =>
      faultSchema.parse({
        ...kind,
        operation,
        times: 'always',
        seed,
        probability: share / kinds.length,
        ...(sellerId === undefined ? {} : { sellerId }),
      }),
    );
  });
}
